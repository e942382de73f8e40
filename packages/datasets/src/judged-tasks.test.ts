import { createRandomStream } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInteractionLog, type InteractionRow } from './interaction-log.ts';
import { createJudgedTasks, type TaskTarget } from './judged-tasks.ts';

/** 500 users with 5 of 40 items each, in time order i(u), i(u+7), i(u+14), i(u+21), i(u+28). */
const rows: InteractionRow[] = [];
for (let user = 0; user < 500; user++) {
  for (let step = 0; step < 5; step++) {
    rows.push({ user: `u${user}`, item: `i${(user + 7 * step) % 40}`, time: 100 + step, value: step });
  }
}
const items = Array.from({ length: 40 }, (_, item) => ({ id: `i${item}`, title: `Item ${item}` }));
const dataset = { name: 'ring', log: createInteractionLog(rows, items), order: 'timestamp' } as const;
const allUsers = Int32Array.from(dataset.log.users, (_, user) => user);
const create = (target: TaskTarget, users = allUsers, seed = 1) =>
  createJudgedTasks(dataset, { users, target, candidates: 10, random: createRandomStream(seed) });

describe('createJudgedTasks', () => {
  it('rewards with the second last item and reports on the last', () => {
    const users = Int32Array.of(3);
    const [validation] = create('validation', users);
    const [test] = create('test', users);
    expect(validation!.task.id).toBe('ring:u3:validation');
    expect(validation!.task.user).toBe('u3');
    expect([...validation!.relevance]).toEqual([['i24', 1]]);
    expect([...test!.relevance]).toEqual([['i31', 1]]);
    expect(validation!.task.history).toEqual([
      { item: items[3], rating: 0, time: 100 },
      { item: items[10], rating: 1, time: 101 },
      { item: items[17], rating: 2, time: 102 },
    ]);
    expect(test!.task.history.map(({ item }) => item.id)).toEqual(['i3', 'i10', 'i17', 'i24']);
  });

  it.each(['validation', 'test'] as const)(
    'offers the %s target once and otherwise nothing the user ever touched',
    (target) => {
      for (const [user, { task, relevance }] of create(target).entries()) {
        const ids = task.candidates.map((item) => item.id);
        expect(ids).toHaveLength(10);
        expect(new Set(ids).size).toBe(10);
        const touched = new Set(rows.filter((row) => row.user === `u${user}`).map((row) => row.item));
        expect(ids.filter((id) => touched.has(id))).toEqual([...relevance.keys()]);
      }
    },
  );

  it('puts the target at every position equally often (method.md defect 5)', () => {
    const counts = new Float64Array(10);
    for (let seed = 0; seed < 10; seed++) {
      for (const { task, relevance } of create('test', allUsers, seed)) {
        counts[task.candidates.findIndex((item) => relevance.has(item.id))]! += 1;
      }
    }
    const expected = (10 * 500) / 10;
    // 99.9 % quantile of chi-square with 9 degrees of freedom.
    expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(27.88);
  });

  it('draws every item outside the history equally often', () => {
    const one = Int32Array.of(0);
    const counts = new Map<string, number>();
    const seeds = 3500;
    for (let seed = 0; seed < seeds; seed++) {
      for (const item of create('test', one, seed)[0]!.task.candidates)
        counts.set(item.id, (counts.get(item.id) ?? 0) + 1);
    }
    expect(counts.get('i28')).toBe(seeds);
    counts.delete('i28');
    // 40 items less the user's 5; each is one of the 9 negatives with probability 9/35. Scaled by (1 - 9/35) x 35/34, the
    // sum is chi-square with 34 degrees of freedom; 99.9 % quantile 65.25.
    expect(counts.size).toBe(35);
    const expected = (seeds * 9) / 35;
    let sum = 0;
    for (const count of counts.values()) sum += ((count - expected) ** 2 / (expected * (1 - 9 / 35))) * (34 / 35);
    expect(sum).toBeLessThan(65.25);
  });

  it('gives a user the same task whatever other users are asked for', () => {
    const [alone] = create('test', Int32Array.of(77));
    expect(create('test')[77]).toEqual(alone);
    expect(create('test', Int32Array.of(77), 2)[0]!.task.candidates).not.toEqual(alone!.task.candidates);
  });

  it('never leaves a repeated target in the history', () => {
    const item = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const known = Array.from({ length: 20 }, (_, index) => ({ id: `n${index}`, title: `n${index}` }));
    fc.assert(
      fc.property(fc.array(item, { minLength: 3 }), fc.constantFrom('first', 'last'), (sequence, repeats) => {
        fc.pre(new Set(sequence).size >= 3);
        const log = createInteractionLog(
          sequence.map((id) => ({ user: 'u', item: id })),
          known,
        );
        const random = createRandomStream(1);
        const repeated = { name: 'r', log, order: 'column' } as const;
        const users = Int32Array.of(0);
        const [reward] = createJudgedTasks(repeated, { users, target: 'validation', repeats, random });
        const [report] = createJudgedTasks(repeated, { users, target: 'test', repeats, random });
        const [rewardItem] = reward!.relevance.keys();
        const [reportItem] = report!.relevance.keys();
        expect(rewardItem).not.toBe(reportItem);
        const readIds = (judged = reward): string[] => judged!.task.history.map((entry) => entry.item.id);
        expect(readIds()).not.toContain(rewardItem);
        expect(readIds(report)).not.toContain(reportItem);
        expect(new Set(readIds()).size).toBe(readIds().length);
        // Both tasks know the same items before the validation item, less the test item in its own task.
        expect(readIds(report)).toEqual([...readIds().filter((id) => id !== reportItem), rewardItem]);
      }),
    );
  });

  const createTask = (sequence: readonly string[], target: TaskTarget, repeats: 'first' | 'last') => {
    const known = [...sequence, ...'0123456789'].map((id) => ({ id, title: id }));
    const unique = [...new Map(known.map((item) => [item.id, item])).values()];
    const log = createInteractionLog(
      sequence.map((item, time) => ({ user: 'u', item, time })),
      unique,
    );
    const options = { users: Int32Array.of(0), target, repeats, random: createRandomStream(1) };
    const [judged] = createJudgedTasks({ name: 'r', log, order: 'timestamp' }, options);
    return {
      target: [...judged!.relevance.keys()][0]!,
      history: judged!.task.history.map(({ item, time }) => `${item.id}@${time}`),
    };
  };

  it('resolves repeats among the rows before the target: x, y, z, x and x, y, x, z, y, z', () => {
    const early = ['x', 'y', 'z', 'x'];
    expect(createTask(early, 'validation', 'last')).toEqual({ target: 'z', history: ['x@0', 'y@1'] });
    expect(createTask(early, 'test', 'last')).toEqual({ target: 'x', history: ['y@1', 'z@2'] });
    expect(createTask(early, 'validation', 'first')).toEqual({ target: 'y', history: ['x@0'] });
    expect(createTask(early, 'test', 'first')).toEqual({ target: 'z', history: ['x@0', 'y@1'] });
    const late = ['x', 'y', 'x', 'z', 'y', 'z'];
    expect(createTask(late, 'validation', 'last')).toEqual({ target: 'y', history: ['x@2', 'z@3'] });
    expect(createTask(late, 'test', 'last')).toEqual({ target: 'z', history: ['x@2', 'y@4'] });
  });

  it('gives a validation task the same history whatever happened after its target', () => {
    const item = fc.constantFrom<string[]>('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(fc.array(item, { minLength: 3 }), fc.constantFrom('first', 'last'), (sequence, repeats) => {
        fc.pre(new Set(sequence).size >= 3);
        const task = createTask(sequence, 'validation', repeats);
        const row = repeats === 'last' ? sequence.lastIndexOf(task.target) : sequence.indexOf(task.target);
        expect(createTask([...sequence.slice(0, row + 1), 'fresh'], 'validation', repeats)).toEqual(task);
      }),
    );
  });

  it('refuses targets and ways with repeats that it does not know', () => {
    const users = Int32Array.of(0);
    const random = createRandomStream(1);
    expect(() => createJudgedTasks(dataset, { users, target: 'valid' as 'validation', random })).toThrow(
      'Expected target to be "validation" or "test", received "valid".',
    );
    expect(() => createJudgedTasks(dataset, { users, target: 'test', repeats: 'keep' as 'last', random })).toThrow(
      'repeats',
    );
  });

  it('refuses users, orders and counts that make no task', () => {
    const short = createInteractionLog(
      [
        { user: 'u', item: 'a' },
        { user: 'u', item: 'b' },
        { user: 'v', item: 'a' },
      ],
      items,
    );
    const random = createRandomStream(1);
    const shortSet = { name: 'short', log: short, order: 'column' } as const;
    const users = Int32Array.of(0);
    expect(createJudgedTasks(shortSet, { users, target: 'test', random })).toHaveLength(1);
    expect(() => createJudgedTasks(shortSet, { users, target: 'validation', random })).toThrow(
      'short: expected at least 3 different items of user u, received 2.',
    );
    expect(() => createJudgedTasks(shortSet, { users: Int32Array.of(1), target: 'test', random })).toThrow('user v');
    expect(() => createJudgedTasks(shortSet, { users, target: 'test', candidates: 42, random })).toThrow(
      'short: expected at least 41 items that user u never interacted with, received 40.',
    );
    expect(
      createJudgedTasks(shortSet, { users, target: 'test', candidates: 41, random })[0]!.task.candidates,
    ).toHaveLength(41);
    expect(() => createJudgedTasks(shortSet, { users, target: 'test', candidates: 1, random })).toThrow('candidates');
    expect(() => createJudgedTasks(shortSet, { users: Int32Array.of(2), target: 'test', random })).toThrow('users');
    expect(() => createJudgedTasks({ ...shortSet, order: 'none' }, { users, target: 'test', random })).toThrow(
      'dataset.order',
    );
  });
});

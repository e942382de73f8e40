import { createRandomStream } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createListedSource } from '../candidates/listed-source.ts';
import { createPopularitySource } from '../candidates/popularity-source.ts';
import { createInteractionLog, type InteractionRow } from '../interaction-log.ts';
import { splitByRatio } from '../splits/split-by-ratio.ts';
import { splitLeaveOneOut } from '../splits/split-leave-one-out.ts';
import type { Repeats } from '../user-sequences.ts';
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
    expect(() => createJudgedTasks(dataset, { users, target: 'test', repeats: 'all' as 'last', random })).toThrow(
      'repeats',
    );
    expect(() => createJudgedTasks(dataset, { users, target: 'test', exclude: 'none' as 'all', random })).toThrow(
      'Expected exclude to be "all" or "target", received "none".',
    );
    expect(() => createJudgedTasks(dataset, { users, target: 'test', relevant: 2, random })).toThrow(
      'Expected relevant to be 1 for the target "test", received 2.',
    );
    expect(() => createJudgedTasks(dataset, { users, target: 'validation', relevant: 0, random })).toThrow('relevant');
    expect(() =>
      createJudgedTasks(dataset, { users, target: 'validation', relevant: 3, candidates: 3, random }),
    ).toThrow('Expected candidates to be an integer of at least 4, received 3.');
    const split = splitLeaveOneOut(dataset);
    expect(() => createJudgedTasks(dataset, { users, target: 'test', split, repeats: 'first', random })).toThrow(
      'Expected repeats to be "last", as in the split, received "first".',
    );
    const other = { ...dataset, log: createInteractionLog(rows.slice(0, 5)) };
    expect(() => createJudgedTasks(other, { users, target: 'test', split, random })).toThrow('Expected split to be');
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

  it('makes the same bytes as before sources, splits and several relevant items existed', () => {
    // Written down from the version without them.
    const [validation] = create('validation', Int32Array.of(3));
    expect(validation!.task.candidates.map(({ id }) => id).join(' ')).toBe('i0 i8 i2 i14 i25 i24 i5 i22 i11 i15');
  });

  describe('with several relevant items', () => {
    const users = Int32Array.of(3);
    const random = createRandomStream(1);

    it('ends the history before the first of them and keeps the number of candidates', () => {
      const [judged] = createJudgedTasks(dataset, { users, target: 'validation', relevant: 3, random });
      expect([...judged!.relevance]).toEqual([
        ['i10', 1],
        ['i17', 1],
        ['i24', 1],
      ]);
      expect(judged!.task.history.map(({ item }) => item.id)).toEqual(['i3']);
      const ids = judged!.task.candidates.map(({ id }) => id);
      expect(new Set(ids).size).toBe(10);
      // The test item i31 is neither shown nor relevant.
      expect(ids.filter((id) => ['i3', 'i10', 'i17', 'i24', 'i31'].includes(id)).sort()).toEqual(['i10', 'i17', 'i24']);
      expect(() => createJudgedTasks(dataset, { users, target: 'validation', relevant: 4, random })).toThrow(
        'ring: expected at least 6 different items of user u3, received 5.',
      );
    });

    it('takes the first ones of a longer part of a given split', () => {
      const split = splitByRatio(dataset, { train: 0.4, validation: 0.2, test: 0.4 });
      const options = { users, split, random } as const;
      const [one] = createJudgedTasks(dataset, { ...options, target: 'test' });
      expect([...one!.relevance.keys()]).toEqual(['i24']);
      expect(one!.task.history.map(({ item }) => item.id)).toEqual(['i3', 'i10', 'i17']);
      const [two] = createJudgedTasks(dataset, { ...options, target: 'test', relevant: 2 });
      expect([...two!.relevance.keys()]).toEqual(['i24', 'i31']);
      expect(() => createJudgedTasks(dataset, { ...options, target: 'validation', relevant: 2 })).toThrow(
        'ring: expected an item before and 2 different items in the validation part of user u3, received 2 and 1. ' +
          'Choose among the users of listTaskUsers for this split, target and number of relevant items.',
      );
    });
  });

  it('keeps repeats where told to: x, y, x, y, x tests x with x before it', () => {
    const log = createInteractionLog(
      [...'xyxyx'].map((item, time) => ({ user: 'u', item, time })),
      items,
    );
    const repeated = { name: 'kept', log, order: 'timestamp' } as const;
    const options = { users: Int32Array.of(0), repeats: 'keep', random: createRandomStream(1) } as const;
    const [report] = createJudgedTasks(repeated, { ...options, target: 'test' });
    expect([...report!.relevance.keys()]).toEqual(['x']);
    expect(report!.task.history.map(({ time }) => time)).toEqual([0, 1, 2, 3]);
    expect(report!.task.candidates.filter(({ id }) => id === 'x' || id === 'y')).toHaveLength(1);
    const [reward] = createJudgedTasks(repeated, { ...options, target: 'validation', relevant: 2 });
    expect([...reward!.relevance.keys()]).toEqual(['x', 'y']);
    expect(reward!.task.history.map(({ time }) => time)).toEqual([0, 1]);
    // The three rows before the test row are y, x and y.
    expect(() => createJudgedTasks(repeated, { ...options, target: 'validation', relevant: 3 })).toThrow(
      'an item before and 3 different items in the validation part of user u, received 1 and 2',
    );
  });

  it('never leaves a relevant item in the history, nor shows another one of the user, unless asked', () => {
    const known = Array.from({ length: 20 }, (_, index) => ({ id: `n${index}`, title: `n${index}` }));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'abcdefg'), { minLength: 5, maxLength: 30, size: 'max' }),
        fc.constantFrom<Repeats>('first', 'last', 'keep'),
        fc.integer({ min: 1, max: 3 }),
        (sequence, repeats, relevant) => {
          const log = createInteractionLog(
            sequence.map((item, time) => ({ user: 'u', item, time })),
            known,
          );
          const set = { name: 'any', log, order: 'timestamp' } as const;
          const split = splitByRatio(set, { train: 0.2, validation: 0.4, test: 0.4, repeats });
          const part = split.sequences.items(0).subarray(split.validationStart[0], split.testStart[0]);
          fc.pre(new Set(part).size >= relevant && split.validationStart[0]! > 0);
          const random = createRandomStream(1);
          const options = { users: Int32Array.of(0), target: 'validation', relevant, split, random } as const;
          const [judged] = createJudgedTasks(set, options);
          const history = judged!.task.history.map(({ item }) => item.id);
          const firstRow = split.sequences.rows(0)[split.validationStart[0]!]!;
          expect(judged!.task.history.every(({ time }) => time! < firstRow)).toBe(true);
          const before = sequence.slice(0, firstRow);
          if (repeats === 'keep') expect(history).toEqual(before);
          else expect(new Set(history)).toEqual(new Set(before.filter((id) => !judged!.relevance.has(id))));
          expect(judged!.relevance.size).toBe(relevant);
          const shown = judged!.task.candidates.map(({ id }) => id);
          expect(new Set(shown).size).toBe(10);
          expect(shown.filter((id) => sequence.includes(id)).sort()).toEqual([...judged!.relevance.keys()].sort());
        },
      ),
    );
  });

  describe('with a source', () => {
    const random = createRandomStream(1);
    const users = Int32Array.of(3);

    it('reads candidate files as the reference does, history items and all, but for the target', () => {
      // The target i31 is listed, too; it is passed over and added.
      const list = ['i31', 'i3', 'i0', 'i10', 'i1', 'i2'];
      const source = createListedSource(dataset, new Map([['u3', list]]));
      const options = { users, target: 'test', candidates: 5, source, random } as const;
      const readIds = ([judged]: ReturnType<typeof createJudgedTasks>): string[] =>
        judged!.task.candidates.map(({ id }) => id).sort();
      expect(readIds(createJudgedTasks(dataset, { ...options, exclude: 'target' }))).toEqual(
        ['i31', 'i3', 'i0', 'i10', 'i1'].sort(),
      );
      expect(readIds(createJudgedTasks(dataset, { ...options, candidates: 4 }))).toEqual(
        ['i31', 'i0', 'i1', 'i2'].sort(),
      );
      expect(() => createJudgedTasks(dataset, options)).toThrow(
        'ring: expected at least 4 candidates for user u3 from source "listed", received 3.',
      );
      expect(() => createJudgedTasks(dataset, { ...options, candidates: 41, exclude: 'target' })).toThrow(
        'ring: expected at least 40 items that are not relevant for user u3, received 39.',
      );
    });

    it('shows the source the task without candidates, and draws for it from a stream of its own', () => {
      const popularity = createPopularitySource(dataset.log);
      const seen: string[] = [];
      const source: typeof popularity = {
        name: 'spy',
        sample: (request) => {
          const { id, history, candidates } = request.task;
          seen.push(`${id} ${request.count} ${history.length} ${candidates.length} ${request.excluded.join(' ')}`);
          return popularity.sample(request);
        },
      };
      const spied = createJudgedTasks(dataset, { users, target: 'test', source, random });
      expect(seen).toEqual(['ring:u3:test 9 4 0 3 10 17 24 31']);
      createJudgedTasks(dataset, { users, target: 'validation', relevant: 3, source, exclude: 'target', random });
      expect(seen[1]).toBe('ring:u3:validation 7 1 0 10 17 24');
      expect(spied).toEqual(createJudgedTasks(dataset, { users, target: 'test', source: popularity, random }));
    });

    it.each([
      ['too few items', [0, 1]],
      ['an item twice', [0, 1, 1]],
      ['an excluded item', [0, 1, 10]],
      ['the target', [0, 1, 31]],
      ['an item that does not exist', [0, 1, 40]],
    ])('refuses a source that gives %s', (_, drawn) => {
      const source = { name: 'broken', sample: () => Int32Array.from(drawn) };
      expect(() => createJudgedTasks(dataset, { users, target: 'test', candidates: 4, source, random })).toThrow(
        'Expected what source "broken" drew to be 3 different items, none of them excluded, for task ring:u3:test',
      );
    });
  });

  it('gives tasks whose history is a field like any other: read once, copied, written', () => {
    const [judged] = create('test', Int32Array.of(3));
    const { task } = judged!;
    expect(task.history).toBe(task.history);
    expect({ ...task }.history).toBe(task.history);
    expect(Object.keys(task)).toEqual(['id', 'user', 'history', 'candidates']);
    expect(JSON.parse(JSON.stringify(task))).toEqual(task);
    expect(structuredClone(task)).toEqual(task);
    const plain = { id: task.id, user: task.user, history: [...task.history], candidates: [...task.candidates] };
    expect(task).toStrictEqual(plain);
    expect(Object.assign({}, Object.freeze(task))).toStrictEqual(plain);
    expect(create('test', Int32Array.of(4))[0]!.task).not.toEqual(plain);
    // The type says readonly; untyped code that assigns anyway is told so.
    expect(() => Object.assign(task, { history: [] })).toThrow(TypeError);
  });

  it('gives history entries what the log knows', () => {
    const read = (columns: { time?: number; value?: number }): unknown => {
      const log = createInteractionLog(
        [...'xyz'].map((item) => ({ user: 'u', item, ...columns })),
        items,
      );
      const options = { users: Int32Array.of(0), target: 'validation', random: createRandomStream(1) } as const;
      return createJudgedTasks({ name: 'c', log, order: 'column' }, options)[0]!.task.history;
    };
    const item = { id: 'x', title: 'x' };
    expect(read({})).toStrictEqual([{ item }]);
    expect(read({ time: 5 })).toStrictEqual([{ item, time: 5 }]);
    expect(read({ value: 2.5 })).toStrictEqual([{ item, rating: 2.5 }]);
    expect(read({ time: 5, value: 2.5 })).toStrictEqual([{ item, rating: 2.5, time: 5 }]);
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandomStream, type Item, type JudgedTask, samplePermutation } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInteractionLog } from '../interaction-log.ts';
import { splitUsers } from '../splits/split-users.ts';
import { createJudgedTasks } from '../tasks/judged-tasks.ts';
import type { Repeats } from '../user-sequences.ts';
import { createExampleProtocol } from './example-protocol.ts';
import { createExampleTask } from './example-task.ts';
import { lint } from './lint.ts';
import { lintChecks } from './lint-checks.ts';
import type { LintFinding } from './lint-finding.ts';
import { assertNoErrors } from './protocol-error.ts';

const dataFolder = process.env['RPPKIT_DATA'];
const listCodes = (...input: Parameters<typeof lint>): string[] => lint(...input).map(({ code }) => code);

describe('lint', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('finds nothing in clean tasks, seed %d', (seed) => {
    const { dataset, ...tasks } = createExampleProtocol(seed);
    expect(lint(tasks, { dataset })).toEqual([]);
    expect(lint(tasks)).toEqual([]);
  });

  it('flags clean tasks by their order about as often as its level says', () => {
    const level = 0.05;
    let flagged = 0;
    for (let seed = 0; seed < 300; seed++) {
      const { dataset, ...tasks } = createExampleProtocol(seed);
      const findings = lint(tasks, { dataset, orderSignificanceLevel: level, titles: false });
      expect(findings.filter(({ code }) => code !== 'skewed-position')).toEqual([]);
      flagged += findings.length;
    }
    // Three roles in 300 sets at .05: mean 45, standard deviation 6.5. Fixed seeds: the outcome never changes.
    expect(Math.abs(flagged - 45)).toBeLessThan(20);
  });

  it('never finds an error in tasks of whatever data', () => {
    const row = fc.record({ user: fc.constantFrom('u', 'v', 'w', 'x'), item: fc.constantFrom(...'abcdefgh') });
    const way = fc.constantFrom<Repeats>('first', 'last', 'keep');
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60, size: 'max' }), fc.integer(), way, (rows, seed, repeats) => {
        const random = createRandomStream(seed);
        const known = Array.from({ length: 12 }, (_, item) => ({ id: `n${item}`, title: `New ${item}` }));
        const dataset = { name: 'x', log: createInteractionLog(rows, known), order: 'column' } as const;
        const usable = [...splitUsers(dataset, { train: 0, report: 0, random }).rest];
        fc.pre(usable.length >= 2);
        const create = (users: readonly number[], target: 'validation' | 'test'): JudgedTask[] =>
          createJudgedTasks(dataset, {
            users: Int32Array.from(users),
            target,
            repeats,
            random,
          });
        const tasks = { train: create(usable.slice(1), 'validation'), report: create(usable.slice(0, 1), 'test') };
        // Few tasks may agree in position by chance, at any level that a user would choose.
        const findings = lint(tasks, { dataset, orderSignificanceLevel: 1e-12 });
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
    );
  });

  it('lists findings in the order of the checks, with code and severity of the check', () => {
    const findings = lint({
      train: [createExampleTask({ candidates: ['c', 'c'] })],
      report: [createExampleTask({ history: [], candidates: ['d'], relevant: { d: 0 } })],
    });
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['duplicate-task-ids', 'error'],
      ['shared-users', 'error'],
      ['no-relevant', 'error'],
      ['duplicate-candidates', 'error'],
      ['uneven-candidates', 'warning'],
      ['empty-history', 'warning'],
    ]);
  });

  it('has one check for each code', () => {
    expect(new Set(lintChecks.map(({ code }) => code)).size).toBe(lintChecks.length);
  });

  it('reads groups once, so that they may be generators', () => {
    const { report } = createExampleProtocol(1);
    function* stream(): Generator<JudgedTask> {
      yield* report;
    }
    expect(listCodes({ report: stream() })).toEqual([]);
  });

  it('does not judge titles when told so', () => {
    const report = [createExampleTask({ titles: { a: 'a', c: 'Alien', d: 'Alien' } })];
    expect(listCodes({ report })).toEqual(['colliding-titles', 'untitled-items']);
    expect(listCodes({ report }, { titles: false })).toEqual([]);
  });

  it('refuses unknown groups, no tasks and options out of range', () => {
    const report = [createExampleTask()];
    expect(() => lint({ test: report } as never)).toThrow(
      'Expected tasks to be groups named train, validation, report, received "test". Rename the group.',
    );
    expect(() => lint({})).toThrow('Expected tasks to be at least one task in one group');
    expect(() => lint({ train: [], report: [] })).toThrow('at least one task');
    expect(() => lint({ report }, { effect: 0 })).toThrow('Expected effect to be a positive finite number');
    expect(() => lint({ report }, { standardDeviation: Number.NaN })).toThrow('standardDeviation');
    expect(() => lint({ report }, { significanceLevel: 1 })).toThrow('significanceLevel');
    expect(() => lint({ report }, { orderSignificanceLevel: 0 })).toThrow('orderSignificanceLevel');
    expect(() => lint({ report }, { power: 0.01 })).toThrow('Expected power to be a number above 0.05 and below 1');
  });
});

/** Each defect that published code had and that tasks can show, put into clean tasks (method.md section 3). */
describe('lint, known defects', () => {
  const { dataset, train, validation, report } = createExampleProtocol(1);

  it('1: prompts built from the histories of the last batch', () => {
    const lastBatch = report.slice(-50);
    const reused = report.map((judged, index) => ({
      ...judged,
      task: { ...judged.task, history: lastBatch[index % 50]!.task.history },
    }));
    const findings = lint({ train, validation, report: reused }, { dataset });
    // The last batch itself is right; some negatives of the others stand in the foreign histories.
    expect(findings.map(({ code, severity, count }) => [code, severity, count])).toEqual([
      ['foreign-history', 'error', 100],
      ['history-among-candidates', 'warning', 23],
    ]);
  });

  it('1: histories and users that are one row apart', () => {
    const shifted = report.map((judged, index) => ({
      ...judged,
      task: { ...judged.task, history: report[(index + 1) % report.length]!.task.history },
    }));
    expect(listCodes({ train, validation, report: shifted }, { dataset })).toContain('foreign-history');
  });

  it('5: the relevant item in one slot', () => {
    const fixed = report.map(({ task, relevance }) => {
      const isTarget = ({ id }: { readonly id: string }): boolean => relevance.has(id);
      const others = task.candidates.filter((item) => !isTarget(item));
      return { relevance, task: { ...task, candidates: [...task.candidates.filter(isTarget), ...others] } };
    });
    expect(listCodes({ train, report: fixed }, { dataset })).toEqual(['constant-position']);
  });

  it('5: the target before the negatives and one shuffle for all users', () => {
    const order = samplePermutation(createRandomStream(3), 10);
    const shuffle = (isFirst: (place: number) => boolean): JudgedTask[] =>
      report.map(({ task, relevance }, index) => {
        const isTarget = ({ id }: { readonly id: string }): boolean => relevance.has(id);
        const others = task.candidates.filter((item) => !isTarget(item));
        const target = task.candidates.find(isTarget)!;
        const listed = isFirst(index) ? [target, ...others] : [...others, target];
        return { relevance, task: { ...task, candidates: Array.from(order, (place) => listed[place]!) } };
      });
    expect(listCodes({ train, report: shuffle(() => true) }, { dataset })).toEqual(['constant-position']);
    // Where a target is already listed it may end up elsewhere: most users, not all, share the slot.
    const nearly = lint({ train, report: shuffle((index) => index % 4 > 0).slice(0, 30) }, { dataset });
    expect(nearly).toMatchObject([{ code: 'skewed-position', count: 30 }]);
  });

  it('a history that runs on past its target', () => {
    const users = Int32Array.of(0);
    const { history } = createJudgedTasks(dataset, { users, target: 'test', random: createRandomStream(1) })[0]!.task;
    const early = train.map((judged) =>
      judged.task.user === 'u0' ? { ...judged, task: { ...judged.task, history } } : judged,
    );
    expect(lint({ train: early, report }, { dataset })).toMatchObject([
      { code: 'relevant-in-history', count: 1, examples: ['example:u0:validation'] },
    ]);
    // Without the target itself what came after it is left.
    const later = dataset.log.items[dataset.log.item[5]!]!;
    const leaking = train.map((judged) =>
      judged.task.user === 'u0'
        ? { ...judged, task: { ...judged.task, history: [...judged.task.history, { item: later }] } }
        : judged,
    );
    expect(lint({ train: leaking, report }, { dataset })).toMatchObject([
      { code: 'later-history', severity: 'error', count: 1, examples: ['example:u0:validation'] },
    ]);
  });

  it('targets that a user met before, where repeats are kept', () => {
    const rows = Array.from({ length: 60 }, (_, row) => ({
      user: `u${row % 20}`,
      item: `i${row < 20 ? row : 20 + (row % 20)}`,
      time: 1e9 + row,
    }));
    const kept = { name: 'kept', log: createInteractionLog(rows, dataset.log.items), order: 'timestamp' } as const;
    const users = Int32Array.from({ length: 20 }, (_, user) => user);
    const create = (repeats: Repeats) =>
      createJudgedTasks(kept, { users, target: 'test', repeats, random: createRandomStream(1) });
    expect(listCodes({ report: create('keep') }, { dataset: kept, titles: false })).toEqual(['repeated-target']);
    expect(listCodes({ report: create('last') }, { dataset: kept, titles: false })).toEqual([]);
  });

  it('5: copies that repeat an order, against copies that do not', () => {
    const copy = (isShuffled: boolean): JudgedTask[] =>
      [0, 1, 2, 3].flatMap((order) =>
        train.map(({ task, relevance }) => {
          const id = `${task.id}:${order}`;
          const places = samplePermutation(createRandomStream(id), task.candidates.length);
          const candidates = isShuffled ? Array.from(places, (place) => task.candidates[place]!) : task.candidates;
          return { relevance, task: { ...task, id, candidates } };
        }),
      );
    expect(listCodes({ train: copy(false), report }, { dataset })).toContain('shared-order');
    expect(listCodes({ train: copy(true), report }, { dataset })).toEqual([]);
  });

  it('6: rewards and reports on the same item, and shared users', () => {
    const users = Int32Array.from({ length: 50 }, (_, user) => 150 + user);
    const random = createRandomStream(2);
    const leaked = createJudgedTasks(dataset, { users, target: 'test', random }).map((judged) => ({
      ...judged,
      task: { ...judged.task, id: `train ${judged.task.id}` },
    }));
    expect(listCodes({ train: leaked, report }, { dataset })).toEqual(['shared-users', 'same-target']);
    const honest = createJudgedTasks(dataset, { users, target: 'validation', random });
    expect(listCodes({ train: honest, report }, { dataset })).toEqual(['shared-users']);
  });

  it('10: an order that is no time', () => {
    const { time, ...log } = dataset.log;
    const counted = { ...dataset, log: { ...log, position: time! }, order: 'column' } as const;
    expect(listCodes({ train, report }, { dataset: counted })).toEqual(['order-not-time']);
  });
});

describe.skipIf(dataFolder === undefined)('lint on real data (skipped unless RPPKIT_DATA names its folder)', () => {
  it('finds the 91 users that the train and test files of Last.fm share', async () => {
    const read = async (file: string): Promise<JudgedTask[]> => {
      const text = await readFile(join(dataFolder!, 'lastfm', file), 'utf8');
      const users = text
        .trim()
        .split('\n')
        .map((line) => line.slice(0, line.indexOf('\t')));
      return users.map((user) => createExampleTask({ id: `${file} ${user}`, user }));
    };
    const findings = lint({ train: await read('lastfm.train'), report: await read('lastfm.test') });
    const shared = findings.find(({ code }) => code === 'shared-users');
    expect(shared).toMatchObject({ count: 91, message: expect.stringContaining('received 91 of 200') });
  });

  it('finds no error in tasks of MovieLens 100K, and titles that need their year', async () => {
    const readRows = async (file: string, separator: string): Promise<string[][]> => {
      const text = await readFile(join(dataFolder!, 'ml-100k', file), 'latin1');
      return text
        .trim()
        .split('\n')
        .map((line) => line.split(separator));
    };
    const rows = (await readRows('u.data', '\t')).map(([user, item, value, time]) => {
      return { user: user!, item: item!, value: Number(value), time: Number(time) };
    });
    const items = (await readRows('u.item', '|')).map(([id, title]) => ({ id: id!, title: title! }));
    const lintWith = (known: readonly Item[]): LintFinding[] => {
      const dataset = { name: 'ml-100k', log: createInteractionLog(rows, known), order: 'timestamp' } as const;
      const random = createRandomStream(1);
      const users = splitUsers(dataset, { train: 500, report: 400, random });
      const train = createJudgedTasks(dataset, { users: users.train, target: 'validation', random });
      const report = createJudgedTasks(dataset, { users: users.report, target: 'test', random });
      return lint({ train, report }, { dataset, effect: 0.01 });
    };
    const findings = lintWith(items);
    assertNoErrors(findings);
    // ((1.959964 + 0.841621) x 0.25 / 0.01)^2 = 4905.5.
    expect(findings).toEqual([
      expect.objectContaining({
        code: 'too-few-users',
        message: expect.stringContaining('at least 4906 report users'),
      }),
    ]);
    const undated = items.map(({ id, title }) => ({ id, title: title.replace(/ \(\d{4}\)$/, '') }));
    expect(lintWith(undated).map(({ code }) => code)).toContain('contained-titles');
  });
});

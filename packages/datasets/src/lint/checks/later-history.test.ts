import { expect, it } from 'vitest';
import type { InteractionOrder } from '../../dataset.ts';
import { createInteractionLog } from '../../interaction-log.ts';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

// In file order, which is no order of time: u met c first and a last; a again after e.
const rows = [...'aedbca'].map((item, row) => ({
  user: 'u',
  item,
  time: 1e9 + (item === 'a' && row > 0 ? 9 : 5 - row),
}));
const log = createInteractionLog(rows);
const find = (order: InteractionOrder, history: readonly string[], relevant: readonly string[], own = log) =>
  lint(
    { report: [createExampleTask({ id: 'x', history, relevant, candidates: [...relevant, 'n'] })] },
    { dataset: { name: 'x', log: own, order }, titles: false },
  ).filter(({ code }) => code === 'later-history');

it('later-history: an item that the user met only after the target', () => {
  expect(find('timestamp', ['c', 'd'], ['b'])).toEqual([
    expect.objectContaining({
      severity: 'error',
      message:
        'Expected histories that end before the target, received 1 of 1 tasks with items that the user met only after it in the data set.',
      examples: ['x'],
    }),
  ]);
  expect(find('timestamp', ['c', 'b'], ['d'])).toEqual([]);
});

it('later-history: gives repeated items the benefit of the doubt, and of several targets the first counts', () => {
  // a came before and after: as a target its last row counts, in a history its first.
  expect(find('timestamp', ['e'], ['a'])).toEqual([]);
  expect(find('timestamp', ['a'], ['e'])).toHaveLength(1);
  expect(find('timestamp', ['c', 'd'], ['b', 'e'])).toHaveLength(1);
  expect(find('timestamp', ['c', 'b'], ['d', 'e'])).toEqual([]);
});

it('later-history: takes positions or rows where these are the order, and nothing where there is none', () => {
  const { time, ...timeless } = log;
  expect(find('column', ['c', 'd'], ['b'], { ...timeless, position: time! })).toHaveLength(1);
  expect(find('column', ['c', 'd'], ['b'], timeless)).toHaveLength(1);
  expect(find('column', ['e', 'd'], ['b'], timeless)).toEqual([]);
  expect(find('none', ['c', 'd'], ['b'])).toEqual([]);
});

it('later-history: leaves equal times, and items and users that the data set does not know, to other checks', () => {
  const tied = createInteractionLog([...'ab'].map((item) => ({ user: 'u', item, time: 1e9 })));
  expect(find('timestamp', ['b'], ['a'], tied)).toEqual([]);
  expect(find('timestamp', ['z'], ['b'])).toEqual([]);
  expect(find('timestamp', ['c'], ['z'])).toEqual([]);
  const stranger = [createExampleTask({ user: 'w', history: ['d'], candidates: ['b', 'n'] })];
  const findings = lint({ report: stranger }, { dataset: { name: 'x', log, order: 'timestamp' }, titles: false });
  expect(findings.map(({ code }) => code)).toEqual(['foreign-history', 'relevant-not-of-user']);
});

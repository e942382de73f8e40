import { createRandomStream } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { createTable, type TableExtent } from './create-table.ts';

const { space, tasks: judged, model } = createScriptedWorld({ users: 3, interaction: false });
const tasks = judged.map(({ task }) => task);
const create = (extent: TableExtent, some = tasks) => createTable(some, space, model, extent);

it('has an entry for every task, action, order and draw', () => {
  const table = create({ orders: 3, draws: 2 });
  // 2 windows x 4 reasonings x 1 format.
  expect([...table.actions]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(table.statuses).toHaveLength(3 * 8 * 3 * 2);
  expect(table.rankings).toHaveLength(3 * 8 * 3 * 2 * 4);
  expect(table.manifest.entries.notAsked).toBe(144);
});

it('records the actions that were named, or drawn from the stream', () => {
  expect(create({ actions: [6, 1, 3] }).manifest.actions).toEqual([1, 3, 6]);
  const draw = (seed: number) => create({ actions: 4, random: createRandomStream(seed) }).manifest.actions;
  expect(draw(1)).toEqual(draw(1));
  expect(new Set(draw(1)).size).toBe(4);
  expect([...draw(1)].sort((left, right) => left - right)).toEqual(draw(1));
  expect(new Set([1, 2, 3, 4, 5].map((seed) => draw(seed).join())).size).toBeGreaterThan(1);
});

it('refuses what it cannot hold', () => {
  expect(() => create({ orders: 0 })).toThrow('orders');
  expect(() => create({ draws: 1.5 })).toThrow('draws');
  expect(() => create({ actions: [] })).toThrow('actions');
  expect(() => create({ actions: [1, 1] })).toThrow('received 1');
  expect(() => create({ actions: [8] })).toThrow('received 8');
  expect(() => create({ actions: [0.5] })).toThrow('actions');
  expect(() => create({ actions: 9, random: createRandomStream(1) })).toThrow('[1, 8]');
  expect(() => create({ actions: 2 })).toThrow('random');
  expect(() => create({}, [])).toThrow('tasks');
  expect(() => create({}, [tasks[0]!, tasks[0]!])).toThrow('different ids');
  expect(() => create({}, judged as never)).toThrow('pass their tasks');
  expect(() => create({}, [{ ...tasks[0]!, candidates: [] }])).toThrow('1 to 255');
  const many = Array.from({ length: 256 }, (_, place) => ({ id: `${place}`, title: `${place}` }));
  expect(() => create({}, [{ ...tasks[0]!, candidates: many }])).toThrow('1 to 255');
  expect(() => create({ draws: 2 ** 26 })).toThrow('bytes');
});

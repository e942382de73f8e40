import type { TaskWithExamples } from '@rppkit/patterns';
import { expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { computeSpaceChecksum, computeTaskChecksum } from './content-checksum.ts';

const item = { id: '1', title: 'Heat', attributes: { year: '1995', genres: ['Crime'] } };
const task: TaskWithExamples = { id: 't', user: 'u', history: [{ item, rating: 4 }], candidates: [item] };

it('changes with all that a prompt can show, and with nothing else', () => {
  const checksum = computeTaskChecksum(task);
  expect(checksum).toMatch(/^[\da-f]{8}$/);
  const reordered = { title: 'Heat', attributes: { genres: ['Crime'], year: '1995' }, id: '1' };
  expect(computeTaskChecksum({ ...task, id: 'other', user: 'other', candidates: [reordered] })).toBe(checksum);
  const others: readonly TaskWithExamples[] = [
    { ...task, history: [] },
    { ...task, history: [{ item, rating: 5 }] },
    { ...task, history: [{ item, rating: 4, time: 1 }] },
    { ...task, candidates: [{ ...item, title: 'Heat 2' }] },
    { ...task, candidates: [{ ...item, id: '2' }] },
    { ...task, candidates: [{ ...item, attributes: { ...item.attributes, year: '1996' } }] },
    { ...task, candidates: [item, { id: '2', title: 'Alien' }] },
    { ...task, examples: [] },
    { ...task, examples: [{ history: [{ item }], chosen: item }] },
    { ...task, examples: [{ history: [{ item }], chosen: { id: '2', title: 'Alien' } }] },
    { ...task, examples: [{ history: [{ item }, { item }], chosen: item }] },
  ];
  const checksums = others.map(computeTaskChecksum);
  expect(new Set([checksum, ...checksums]).size).toBe(others.length + 1);
});

it('changes with a sentence of a space, not with the order of its fields', () => {
  const { space } = createScriptedWorld({ users: 1, interaction: false });
  const checksum = computeSpaceChecksum(space);
  expect(computeSpaceChecksum({ patterns: space.patterns, domain: space.domain })).toBe(checksum);
  const [first, ...rest] = space.patterns;
  const expressions = first!.expressions.map((expression) => ({ ...expression, template: 'Watched:' }));
  expect(computeSpaceChecksum({ ...space, patterns: [{ ...first!, expressions }, ...rest] })).not.toBe(checksum);
});

import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createDeterministicSource } from './deterministic-source.fixture.ts';
import { computeLowerBound, createRacingSearch } from './racing-search.ts';

const good = [0, 1, 2, 3];
const poor = [1, 2, 3, 0];

/** Rankings that put the relevant item first with the chance of their prompt. */
function createChances(chances: readonly number[], seed: string) {
  return createDeterministicSource(
    ({ task, sampleIndex }, prompt) =>
      createRandomStream(`${seed} ${task} ${sampleIndex} ${prompt}`).uniform() < chances[prompt]! ? good : poor,
    { users: 40, actions: Int32Array.from(chances.keys()) },
  );
}

describe('computeLowerBound', () => {
  it('is the empirical Bernstein bound of the paired differences', () => {
    // Differences 1, 0, 1, 0: mean .5, variance .25. sqrt(2 * .25 * 2 / 4) = .5 and 3 * 2 * 2 / 4 = 3.
    expect(computeLowerBound([1, 1, 1, 0], [0, 1, 0, 0], 2, 2)).toBeCloseTo(0.5 - 0.5 - 3, 12);
  });

  it('leaves out pairs with a failed call', () => {
    const none = Number.NaN;
    expect(computeLowerBound([1, none, 1, 0, 1], [0, 1, 1, none, 0], 1, 1)).toBe(
      computeLowerBound([1, 1, 1], [0, 1, 0], 1, 1),
    );
    expect(computeLowerBound([none], [1], 1, 1)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('createRacingSearch', () => {
  it('stops when one racer is left, well before its budget ends', async () => {
    const { source, trials } = createChances([0, 1, 0], 'clear');
    const found = await createRacingSearch().search(source, { calls: 5000, random: createRandomStream(1) });
    expect(found.choose(source.tasks[0]!.task)[0]![1]).toBe(1);
    expect(found.calls).toBe(trials.length);
    // The differences are all 1 - .43 = .57; 3 b x / n with b = 2 and x near 7 comes below that at some 74 places.
    expect(found.calls).toBeGreaterThan(150);
    expect(found.calls).toBeLessThan(600);
  });

  it('asks those that are left on the same tasks', async () => {
    const { source, trials } = createChances([0.5, 0.5, 0], 'same');
    await createRacingSearch().search(source, { calls: 3000, random: createRandomStream(1) });
    const placesOf = (prompt: number): string[] =>
      trials.filter(({ choice }) => choice[1] === prompt).map(({ task, sampleIndex }) => `${task} ${sampleIndex}`);
    expect(placesOf(0)).toEqual(placesOf(1));
    expect(new Set(placesOf(0)).size).toBe(placesOf(0).length);
    expect(placesOf(2)).toEqual(placesOf(0).slice(0, placesOf(2).length));
    expect(placesOf(2).length).toBeLessThan(placesOf(0).length);
  });

  it('serves the best of those left where the budget ends first', async () => {
    let right = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { source } = createChances([0.4, 0.6, 0.4], `seed ${seed}`);
      const found = await createRacingSearch().search(source, { calls: 300, random: createRandomStream(seed) });
      expect(found.calls).toBeGreaterThan(290);
      if (found.choose(source.tasks[0]!.task)[0]![1] === 1) right++;
    }
    // 100 pairs with a standard deviation of .7 and a mean of .2 each: each rival wins with probability .002.
    expect(right).toBeGreaterThanOrEqual(18);
  });

  it('stops where a source would repeat its answers, which are no further evidence', async () => {
    // Three tasks in two orders, drawn once: six places, at which one prompt is better by chance.
    const { source, trials } = createDeterministicSource(
      ({ task }, prompt) => (prompt === 1 && task < 2 ? good : poor),
      { users: 3, candidateOrders: 2, draws: 1, actions: Int32Array.of(0, 1) },
    );
    const found = await createRacingSearch().search(source, { calls: 10_000, random: createRandomStream(1) });
    expect(found.choose(source.tasks[0]!.task)[0]![1]).toBe(1);
    expect(found.calls).toBe(12);
    const asked = trials.map(({ task, choice, orderIndex, sampleIndex }) =>
      [task, choice, orderIndex, sampleIndex].join(' '),
    );
    expect(new Set(asked).size).toBe(12);
  });

  it('screens where there are more prompts than racers', async () => {
    const { source, trials } = createChances([0.1, 0.1, 0.9, 0.1, 0.1, 0.1, 0.9, 0.1], 'many');
    const search = createRacingSearch({ racers: 2 });
    expect(search.computeFewestCalls(source)).toBe(16);
    const found = await search.search(source, { calls: 400, random: createRandomStream(1) });
    expect(found.choose(source.tasks[0]!.task)[0]![1]).toBe(2);
    expect(new Set(trials.slice(200).map(({ choice }) => choice[1]))).toEqual(new Set([2]));
  });

  it('serves the only prompt there is', async () => {
    const { source } = createDeterministicSource(() => good, { actions: Int32Array.of(3) });
    const found = await createRacingSearch().search(source, { calls: 10, random: createRandomStream(1) });
    expect(found.choose(source.tasks[0]!.task)).toEqual([[0, 3, 0]]);
    expect(found.calls).toBe(4);
  });

  it('refuses options out of range', () => {
    for (const racers of [1, 2.5]) expect(() => createRacingSearch({ racers })).toThrow('racers');
    for (const confidence of [0, 1]) expect(() => createRacingSearch({ confidence })).toThrow('confidence');
    for (const range of [0, Number.POSITIVE_INFINITY]) expect(() => createRacingSearch({ range })).toThrow('range');
  });
});

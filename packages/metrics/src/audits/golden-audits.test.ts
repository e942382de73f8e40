import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/audits.json';
import { expectBothSources } from '../../golden/expect-both-sources.ts';
import type { CandidateRanking } from '../candidate-ranking.ts';
import { exposureByGroup, ndcgByPosition, permutationAgreement, popularityTilt, positionBiasTest } from './index.ts';

const fromTieGroups = (tieGroups: readonly (readonly number[])[]): CandidateRanking => ({
  order: Int32Array.from(tieGroups.flat()),
  groups: Int32Array.from(tieGroups.flatMap((candidates, group) => candidates.map(() => group))),
});

/** A stream whose bounded integers are given: those of the shuffles, last place first, as in golden/audits.py. */
const createShuffleStream = (integer: (bound: number) => number): RandomStream => ({
  ...createRandomStream(0),
  integer,
});

/** Every combination of shuffles of blocks of these sizes, once each, and their number. */
const enumerateShuffles = (sizes: readonly number[]): { random: RandomStream; total: number } => {
  const bounds = sizes.flatMap((size) => Array.from({ length: size - 1 }, (_, index) => size - index));
  let drawn = 0;
  const integer = (bound: number): number => {
    const place = drawn % bounds.length;
    const before = bounds.slice(0, place).reduce((product, value) => product * value, 1);
    if (bound !== bounds[place])
      throw new Error(`Expected a draw below ${bounds[place]}, received one below ${bound}.`);
    return Math.floor(Math.floor(drawn++ / bounds.length) / before) % bound;
  };
  return { random: createShuffleStream(integer), total: bounds.reduce((product, value) => product * value, 1) };
};

describe('audits equal both sources that golden/audits.py names', () => {
  test.each(golden.lines)('slope by position of $values.length answers', ({ values, positions, expected }) => {
    const audit = ndcgByPosition(values, positions);
    const ours = {
      slope: audit.slope,
      standardError: audit.standardError,
      pValue: audit.pValue,
      counts: audit.positions.map(({ count }) => count),
      means: audit.positions.map(({ mean }) => mean ?? null),
    };
    expectBothSources(ours, expected, golden.sources);
    expect(ndcgByPosition(Float64Array.from(values), Int32Array.from(positions))).toEqual(audit);
  });

  test.each(golden.exactPositionTests)('position bias over all rearrangements, tasks $tasks', (given) => {
    const { values, positions, tasks, expected } = given;
    const labels = tasks ?? values.map(() => 'all');
    const sizes = [...new Set(labels)].map((task) => labels.filter((label) => label === task).length);
    const { random, total } = enumerateShuffles(sizes);
    const test = positionBiasTest(values, positions, { random, permutations: total, ...(tasks && { tasks }) });
    // Without the one that the test adds for the observed arrangement, which is among all of them already.
    const permutationPValue = (test.pValue * (total + 1) - 1) / total;
    expectBothSources({ permutationPValue, spread: test.spread }, expected, golden.sources);
  });

  test.each(golden.fedPositionTests)('position bias for the rearrangements given to SciPy, tasks $tasks', (given) => {
    const { values, positions, tasks, expected, draws } = given;
    const left = draws.flatMap((digits) => [...digits].map((digit) => Number.parseInt(digit, 36)));
    const random = createShuffleStream(() => left.shift()!);
    const options = { random, permutations: draws.length, ...(tasks && { tasks }) };
    const { pValue, spread } = positionBiasTest(values, positions, options);
    expectBothSources({ permutationPValue: pValue, spread }, expected, golden.sources);
    expect(left).toEqual([]);
  });

  test.each(golden.agreements)('agreement of $rankings', ({ rankings, candidates, persistence, expected }) => {
    const ours = permutationAgreement(rankings.map(fromTieGroups), { candidates, persistence });
    expectBothSources({ ...ours }, expected, golden.sources);
  });

  test.each(golden.tilts)('popularity tilt of $tieGroups', ({ tieGroups, gains, popularity, expected }) => {
    const { pairs, tilt } = popularityTilt(fromTieGroups(tieGroups), gains, popularity);
    expectBothSources({ tiltPairs: pairs, tilt }, expected, golden.sources);
  });

  test.each(golden.exposures)('exposure in $tieGroups', ({ tieGroups, groupOf, expected }) => {
    const audit = [...exposureByGroup(fromTieGroups(tieGroups), groupOf)];
    const ours = {
      groupSizes: Object.fromEntries(audit.map(([group, { candidates }]) => [group, candidates])),
      exposure: Object.fromEntries(audit.map(([group, { exposure }]) => [group, exposure])),
    };
    expectBothSources(ours, expected, golden.sources);
  });
});

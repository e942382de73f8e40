import { createRandomStream } from '@rppkit/spec';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/audits.json';
import type { CandidateRanking } from '../candidate-ranking.ts';
import { exposureByGroup, ndcgByPosition, permutationAgreement, popularityTilt, positionBiasTest } from './index.ts';

const fromTieGroups = (tieGroups: readonly (readonly number[])[]): CandidateRanking => ({
  order: Int32Array.from(tieGroups.flat()),
  groups: Int32Array.from(tieGroups.flatMap((candidates, group) => candidates.map(() => group))),
});

describe('slope by position equals scipy.stats.linregress (golden/agreement.py)', () => {
  test.each(golden.lines)('$values.length answers', ({ values, positions, ...expected }) => {
    const audit = ndcgByPosition(values, positions);
    expect(audit.slope).toBeCloseTo(expected.slope, 12);
    expect(audit.standardError).toBeCloseTo(expected.standardError, 12);
    expect(audit.pValue).toBeCloseTo(expected.pValue, 10);
    expect(audit.positions.map(({ count }) => count)).toEqual(expected.counts);
    audit.positions.forEach(({ position, mean }) => {
      if (expected.means[position] === null) expect(mean).toBeUndefined();
      else expect(mean).toBeCloseTo(expected.means[position]!, 12);
    });
    expect(ndcgByPosition(Float64Array.from(values), Int32Array.from(positions))).toEqual(audit);
  });
});

describe('position bias test: within 4 Monte-Carlo standard errors of the enumeration', () => {
  test.each(golden.positionTests)('p = $pValue', ({ values, positions, tasks, pValue }) => {
    const random = createRandomStream('position');
    const permutations = 20_000;
    const given = positionBiasTest(values, positions, { random, permutations, ...(tasks && { tasks }) });
    const standardError = Math.sqrt((pValue * (1 - pValue)) / permutations);
    expect(Math.abs(given.pValue - pValue)).toBeLessThan(4 * standardError + 1 / permutations);
  });
});

describe('agreement under permutation equals SciPy and Eq. 32 (golden/agreement.py)', () => {
  test.each(golden.agreements)('$rankings', ({ rankings, candidates, persistence, ...expected }) => {
    const audit = permutationAgreement(rankings.map(fromTieGroups), { candidates, persistence });
    expect(audit.pairs).toBe(expected.pairs);
    expect(audit.kendallPairs).toBe(expected.kendallPairs);
    expect(audit.rankBiasedOverlap).toBeCloseTo(expected.rankBiasedOverlap, 12);
    expect(audit.kendallTauB).toBeCloseTo(expected.kendallTauB, 12);
  });
});

describe('popularity tilt equals scipy.stats.somersd within classes of gain (golden/agreement.py)', () => {
  test.each(golden.tilts)('$tieGroups', ({ tieGroups, gains, popularity, ...expected }) => {
    const audit = popularityTilt(fromTieGroups(tieGroups), gains, popularity);
    expect(audit.pairs).toBe(expected.pairs);
    expect(audit.tilt).toBeCloseTo(expected.tilt, 12);
  });
});

describe('exposure equals the mean over all orders (golden/agreement.py)', () => {
  test.each(golden.exposures)('$tieGroups', ({ tieGroups, groupOf, exposure }) => {
    const audit = exposureByGroup(fromTieGroups(tieGroups), groupOf);
    expect(audit.size).toBe(Object.values(exposure).filter((value) => value !== undefined).length);
    for (const [group, { exposure: value }] of audit) {
      expect(value).toBeCloseTo(exposure[group as 'x' | 'y']!, 12);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { describeVerdict, formatGain, formatNdcg } from './describe-verdict.ts';
import type { Estimate, ExperimentResults, ResultRow, RowId } from './results.ts';

const estimate = (mean: number, half: number): Estimate => ({ mean, low: mean - half, high: mean + half });

function row(id: RowId, mean: number, searchCalls: number): ResultRow {
  const one = estimate(mean, 0.01);
  return { id, label: id, ndcg: { 1: one, 5: one, 10: one }, searchCalls, tokensPerRanking: 300, invalidShare: 0 };
}

const rows = (fixed = 0.6, fixedCalls = 3000, popularity = 0.5) => [
  row('popularity', popularity, 0),
  row('random', 0.55, 0),
  row('best-fixed', fixed, fixedCalls),
  row('rpp', 0.65, 3000),
];
const gains = (overBestFixed: Estimate, overSwapped: Estimate) => ({ overBestFixed, overSwapped });
const headroom = (
  verdict: NonNullable<ExperimentResults['headroom']>['verdict'],
  mean: number,
  half: number,
  usersToDecide?: number,
) => ({
  ...estimate(mean, half),
  verdict,
  interactionP: 0.005,
  oracleAnswers: 60_000,
  ...(usersToDecide === undefined ? {} : { usersToDecide }),
});
const good = estimate(0.05, 0.01);
const none = estimate(0, 0.008);
const vague = estimate(0.01, 0.03);

describe('describeVerdict', () => {
  it.each([
    [
      'both gains shown, no oracle',
      { headroom: null, gains: gains(good, good), rows: rows() },
      /^Personalised prompts pay here: RPP is \+\.050 \[\.040, \.060\]/,
    ],
    [
      'both gains shown, a weak oracle',
      { headroom: headroom('too-small', 0, 0.005), gains: gains(good, good), rows: rows() },
      /^Personalised prompts pay here/,
    ],
    [
      'a fixed prompt searched with fewer calls',
      { headroom: null, gains: gains(good, good), rows: rows(0.6, 1000) },
      /not shown to pay here, because .* 1,000 calls/,
    ],
    [
      'a fixed prompt below random ones',
      { headroom: null, gains: gains(good, good), rows: rows(0.5) },
      /worse than random/,
    ],
    [
      'not above its own prompts swapped',
      { headroom: null, gains: gains(good, none), rows: rows() },
      /^Personalised prompts are not shown to pay here/,
    ],
    [
      'headroom that the policy misses',
      { headroom: headroom('pays', 0.05, 0.01), gains: gains(none, good), rows: rows() },
      /^Personalised prompts can pay here, but this policy is not shown to/,
    ],
    [
      'not above the fixed prompt asked as often',
      { headroom: null, gains: { ...gains(good, good), overRepeated: none }, rows: rows() },
      /not shown to pay here: .* against the same asked as often and aggregated .* All three gains must lie above 0/,
    ],
    [
      'neither headroom nor gain',
      { headroom: headroom('too-small', 0, 0.005), gains: gains(none, none), rows: rows() },
      /^Personalised prompts do not pay here: .*Use the best fixed prompt/,
    ],
    [
      'a small headroom, but a gain that may be large',
      { headroom: headroom('too-small', 0, 0.005), gains: gains(vague, none), rows: rows() },
      /undecided/,
    ],
    [
      'an open interval',
      { headroom: headroom('undecided', 0.01, 0.02, 8000), gains: gains(vague, vague), rows: rows() },
      /undecided.*About 8,000 report users would decide/,
    ],
    [
      'an open interaction test',
      { headroom: headroom('undecided', 0.03, 0.02), gains: gains(vague, vague), rows: rows() },
      /undecided.*More oracle answers would decide/,
    ],
  ])('%s', (_, results, expected) => {
    expect(describeVerdict(results)).toMatch(expected);
  });
});

it('says so where popularity alone is better', () => {
  const results = { headroom: null, gains: gains(good, good) };
  expect(describeVerdict({ ...results, rows: rows(0.6, 3000, 0.7) })).toMatch(
    /Popularity alone, without an LLM, reaches \.700\.$/,
  );
  expect(describeVerdict({ ...results, rows: rows() })).not.toContain('Popularity');
});

describe('formatNdcg and formatGain', () => {
  it('leave out the zero and keep the sign', () => {
    expect([0.0341, -0.0021, 1, -0.0001].map(formatNdcg)).toEqual(['.034', '-.002', '1.000', '.000']);
    expect(formatGain({ mean: 0.034, low: -0.01, high: 0.078 })).toBe('+.034 [-.010, .078]');
  });
});

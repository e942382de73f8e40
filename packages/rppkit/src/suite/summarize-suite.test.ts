import { RppError } from '@rppkit/spec';
import { expect, it } from 'vitest';
import type { RankingRowName } from './ranking-rows.ts';
import { renderSuite } from './render-suite.ts';
import type { MeasuredRow, RowOutcome, SuiteOutcome } from './suite-outcome.ts';
import { summarizeSuite } from './summarize-suite.ts';

function createOutcome(values: readonly (number | null)[], costs: Partial<RowOutcome> = {}): RowOutcome {
  return {
    ndcg: { 1: values, 5: values, 10: values },
    searchCalls: 100,
    callsPerRanking: 1,
    tokensPerRanking: 400,
    invalidShare: 0,
    ...costs,
  };
}

function createSuite(rows: Readonly<Partial<Record<RankingRowName, readonly RowOutcome[]>>>): SuiteOutcome {
  const measured = Object.entries(rows).map(([row, outcomes]) => ({ row, outcomes }) as MeasuredRow);
  const [first] = measured;
  return {
    data: {
      name: 'books',
      users: 10,
      items: 20,
      interactions: 100,
      trainUsers: 4,
      reportUsers: first!.outcomes[0]!.ndcg[10].length,
      candidates: 10,
    },
    model: 'a model',
    transferFrom: null,
    seeds: Array.from({ length: Math.max(...measured.map(({ outcomes }) => outcomes.length)) }, (_, seed) => seed + 1),
    calls: 3000,
    rows: measured,
    missing: [{ row: 'few-shot', reason: 'of <b>no</b> examples' }],
    allowedLoss: 0.25,
    backend: 'wasm',
    versions: {},
    timing: { calls: [] },
  };
}

const fixed = [0.5, 0.5, 0.5, 0.5];

it('tests every row against the best fixed prompt, corrected by Holm over the others', () => {
  const { rows } = summarizeSuite(
    createSuite({
      // Differences .2, .4, .2, .4: mean .3, deviation .11547, t = .3 / .057735 = 5.19615, 3 degrees of freedom, p = .013847.
      rpp: [createOutcome([0.7, 0.9, 0.7, 0.9])],
      // Differences 0, .4, -.4, 0: mean 0, p = 1.
      bandit: [createOutcome([0.5, 0.9, 0.1, 0.5])],
      'best-fixed': [createOutcome(fixed)],
    }),
  );
  const [rpp, bandit, own] = rows;
  expect(rpp!.overBestFixed!.mean).toBeCloseTo(0.3, 12);
  expect(rpp!.overBestFixed!.low).toBeGreaterThanOrEqual(0.2 - 1e-12);
  expect(rpp!.pValue).toBeCloseTo(2 * 0.013847, 5);
  expect(bandit!.pValue).toBe(1);
  expect(own).toMatchObject({ overBestFixed: null, pValue: null, ndcg: { 10: { mean: 0.5, low: 0.5, high: 0.5 } } });
  // .8 of 400 tokens.
  expect(rpp!.ndcgPerThousandTokens).toBeCloseTo(2, 12);
});

it('counts what asks no model once for all seeds, and means over seeds', () => {
  const none = { searchCalls: null, callsPerRanking: null, tokensPerRanking: null, invalidShare: null };
  const results = summarizeSuite(
    createSuite({
      popularity: [createOutcome([0.1, 0.2, 0.3, 0.4], none)],
      'best-fixed': [createOutcome(fixed), createOutcome([0.7, 0.7, 0.7, 0.7], { tokensPerRanking: 600 })],
    }),
  );
  const [popularity, own] = results.rows;
  expect(results.seeds).toEqual([1, 2]);
  expect(own!.ndcg[10].mean).toBeCloseTo(0.6, 12);
  expect([own!.ndcg[10].low, own!.ndcg[10].high]).toEqual([0.5, 0.7]);
  expect(own!.tokensPerRanking).toBe(500);
  // .25 less .5 and .25 less .7.
  expect(popularity!.overBestFixed!.mean).toBeCloseTo(-0.35, 12);
  expect(popularity).toMatchObject({ tokensPerRanking: null, ndcgPerThousandTokens: null });
});

it('tests several seeds over users and seeds, as the interval does', () => {
  // Every user gains the same, seed by seed .05, .01 and .06: mean .04, error .0152753, t = 2.61861 with 2 degrees of freedom.
  const gained = [0.55, 0.51, 0.56].map((value) => createOutcome([value, value, value, value]));
  const results = summarizeSuite(
    createSuite({ rpp: gained, 'best-fixed': [createOutcome(fixed), createOutcome(fixed), createOutcome(fixed)] }),
  );
  const [rpp] = results.rows;
  expect(rpp!.pValue).toBeCloseTo(0.1201, 4);
  expect(rpp!.overBestFixed!.low).toBeLessThan(0);
  expect(renderSuite(results, 'markdown')).toContain('t test over users and seeds');
});

it('tests nothing where the best fixed prompt stands alone', () => {
  const { rows } = summarizeSuite(createSuite({ 'best-fixed': [createOutcome(fixed)] }));
  expect(rows).toMatchObject([{ row: 'best-fixed', overBestFixed: null, pValue: null }]);
});

it('leaves a user out of all rows whom one of them lost, and refuses to lose more than is allowed', () => {
  const rows = { rpp: [createOutcome([0.9, null, 0.9, 0.6])], 'best-fixed': [createOutcome([0.5, 0, 0.5, 0.5])] };
  const results = summarizeSuite(createSuite(rows));
  expect(results).toMatchObject({ users: 3, lostUsers: 1 });
  expect(results.rows[1]!.ndcg[10].mean).toBe(0.5);
  try {
    summarizeSuite({ ...createSuite(rows), allowedLoss: 0.2 });
    expect.fail('should have thrown');
  } catch (error) {
    expect(RppError.isInstance(error) && error.code).toBe('USERS_LOST');
  }
});

it('renders text within 80 columns, and Markdown in which foreign text is plain', () => {
  const results = summarizeSuite(
    createSuite({ rpp: [createOutcome([0.7, 0.9, 0.7, 0.9])], 'best-fixed': [createOutcome(fixed)] }),
  );
  const text = renderSuite(results, 'text');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).toMatch(/RPP +\.800 ±\.\d{3} +\.800 ±\.\d{3} +\.800 ±\.\d{3} +\+\.300 ±\.\d{3} +\.014\n/);
  expect(text).toContain('Not in the table: few-shot (few-shot): of <b>no</b> examples');
  const foreign = renderSuite({ ...results, data: { ...results.data, name: 'a\u001b[2J\u202Eb' } }, 'text');
  for (const hidden of ['\u001b', '\u202e']) expect(foreign).not.toContain(hidden);
  const markdown = renderSuite(results, 'markdown');
  expect(markdown).toContain('| RPP ');
  expect(markdown).toContain('of &lt;b&gt;no&lt;/b&gt; examples');
});

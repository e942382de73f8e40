import { expect, it } from 'vitest';
import type { ExperimentResults } from '../experiment/results.ts';
import { renderResults } from './render-results.ts';

const estimate = { mean: 0.5, low: 0.48, high: 0.52 };
const createRow = (id: 'random' | 'best-fixed' | 'rpp', label: string): ExperimentResults['rows'][number] => ({
  ...{ id, label, ndcg: { 1: estimate, 5: estimate, 10: estimate } },
  ...{ searchCalls: 50_000, tokensPerRanking: 412, invalidShare: 0 },
});
const compared = { difference: estimate, pValue: 0.0001 };

it('prints corrected p-values against the best fixed prompt within 80 columns', () => {
  const results = {
    rows: [
      createRow('random', 'random prompts'),
      createRow('best-fixed', 'best fixed prompt'),
      createRow('rpp', 'RPP'),
    ],
    significance: {
      ...{ test: 'paired randomization', permutations: 10_000, correction: 'holm' },
      comparisons: [
        { system: 'random', reference: 'best-fixed', ...compared, adjustedPValue: 0.0003 },
        { system: 'rpp', reference: 'best-fixed', ...compared, adjustedPValue: 0.0312 },
        { system: 'rpp', reference: 'random', ...compared, adjustedPValue: 0.5 },
      ],
    },
    ...{ headroom: null, refined: null, verdict: 'Personalised prompts pay here.' },
    data: { reportUsers: 200, lostUsers: 0 },
  } as unknown as ExperimentResults;
  const text = renderResults(results);
  expect(text.replaceAll('\n', ' ')).toContain(
    'best fixed prompt in NDCG@10: random prompts <.001; RPP .031 (paired randomisation test, Holm over 3 comparisons).',
  );
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

import { ndcg, rankByScores } from '@rppkit/metrics';
import { expect, it } from 'vitest';
import { createChanceScorer } from './chance-scorer.ts';

it('gives the chance level of one relevant item among ten, wherever it stands', () => {
  const candidates = Array.from({ length: 10 }, (_, index) => ({ id: `${index}`, title: `${index}` }));
  const ranking = rankByScores(createChanceScorer().score({ id: 't', user: 'u', history: [], candidates }));
  for (const target of [0, 4, 9]) {
    const gains = Float64Array.from(candidates, (_, index) => Number(index === target));
    // (1/10) x the sum of 1 / log2(rank + 1) over ranks 1 … k.
    expect(ndcg(ranking, gains, 1)).toBeCloseTo(0.1, 6);
    expect(ndcg(ranking, gains, 5)).toBeCloseTo(0.29485, 4);
    expect(ndcg(ranking, gains, 10)).toBeCloseTo(0.45436, 4);
  }
});

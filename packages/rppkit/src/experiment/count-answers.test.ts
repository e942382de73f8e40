import { expect, it } from 'vitest';
import { createAnswerCounter } from './count-answers.ts';

it('counts answers by how they could be read, and failed calls apart', () => {
  const counter = createAnswerCounter();
  const rank = (kind: 'complete' | 'partial', repeated: number, ...foreign: readonly string[]): void =>
    counter.add({ outcome: 'answered', parsed: { kind, repeated, foreign } });
  rank('complete', 0);
  rank('partial', 2, 'Solaris', 'Vertigo');
  rank('complete', 0, 'Solaris');
  counter.add({ outcome: 'answered', parsed: { kind: 'invalid', reason: 'refusal' } });
  counter.add({ outcome: 'refused', parsed: { kind: 'invalid', reason: 'content-filter' } });
  counter.add({ outcome: 'failed', failure: 'server' });
  const counts = counter.counts();
  expect(counts).toEqual({
    answers: 5,
    invalid: { 'content-filter': 1, refusal: 1 },
    partial: 1,
    repeated: 1,
    foreign: 2,
    failed: { server: 1 },
  });
  expect(Object.keys(counts.invalid)).toEqual(['content-filter', 'refusal']);
});

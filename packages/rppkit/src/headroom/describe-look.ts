import { formatNdcg } from '../experiment/describe-verdict.ts';
import { formatPValue } from '../report/format-figure.ts';
import type { StoredLook } from './headroom-results.ts';

/** What a cheap look found, in a few sentences; never that personal prompts pay. */
export function describeLook({ verdict, p, estimate, detectable }: Omit<StoredLook, 'next'>): string {
  const sees =
    detectable === null
      ? 'Users do not differ in what a policy observes of them, so nothing could have shown.'
      : `Of tastes drawn at random, a look of so many calls sees those worth ${formatNdcg(detectable)} NDCG@10 four times in five; real ones can hide better.`;
  if (verdict === 'worth-training') {
    return `Worth training: what a prompt is worth depends on the user (${formatPValue(p, 'sentence')}). Prompts chosen from these answers alone would gain about ${formatNdcg(estimate)} NDCG@10 over the best fixed prompt; a training sees more answers. Whether it pays only a trained policy or a table can say. ${sees}`;
  }
  return `No sign that what a prompt is worth depends on the user (${formatPValue(p, 'sentence')}). ${sees} A smaller one may be there.`;
}

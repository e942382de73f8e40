import { formatNdcg } from '../experiment/describe-verdict.ts';
import type { RunFacts } from '../experiment/run-facts.ts';

/** What a phase says of itself in a few words: the latest reward of the training; else, nothing. */
export function describePhase(label: string, { training }: Partial<RunFacts>): string {
  return label === 'train' && training?.reward !== undefined ? `NDCG@10 ${formatNdcg(training.reward.mean)}` : '';
}

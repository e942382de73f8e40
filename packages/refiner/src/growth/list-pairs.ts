import type { PatternSpace } from '@rppkit/patterns';
import type { AskedInstead } from './create-pair-rollout.ts';
import type { Child } from './lineage.ts';
import type { PlayedRound } from './played-rounds.ts';

/** A round that chose child or parent, and the joint action with the other one. */
export interface PairedRound extends AskedInstead {
  readonly child: Child;
  /** 1 where the child is asked in place of the parent, -1 the other way round. */
  readonly difference: 1 | -1;
}

/** All rounds in which a child can be compared with its parent. */
export function listPairs(
  { patterns }: PatternSpace,
  child: Child,
  rounds: readonly PlayedRound[],
): Omit<PairedRound, 'answer'>[] {
  const position = patterns.findIndex(({ name }) => name === child.pattern);
  const find = (wanted: string): number => patterns[position]!.expressions.findIndex(({ id }) => id === wanted);
  const [own, parent] = [find(child.id), find(child.parent)];
  return rounds.flatMap((round) => {
    const chosen = round.info.choice[position];
    if (round.info.score === undefined || (chosen !== own && chosen !== parent)) return [];
    const choice = round.info.choice.with(position, chosen === own ? parent : own);
    return [{ child, round, choice, difference: chosen === own ? -1 : 1 }];
  });
}

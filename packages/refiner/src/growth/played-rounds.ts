import type { RankingStepInfo } from '@rppkit/env';
import type { VectorStep } from '@rppkit/spec';

/** One round of a rollout. */
export interface PlayedRound {
  /** 0 for the first step after the reset. */
  readonly step: number;
  readonly row: number;
  readonly info: RankingStepInfo;
  /** The window of the round before, where there was one. */
  readonly previousWindow?: number;
}

/** All rounds of a rollout, step by step; `steps` is what `reset` and every step returned. */
export function listPlayedRounds(steps: readonly VectorStep<RankingStepInfo>[]): readonly PlayedRound[] {
  return steps.slice(1).flatMap(({ infos }, step) =>
    infos.flatMap((info, row) => {
      if (info === undefined) return [];
      const before = steps[step]!.infos[row]?.asked[0]?.answer.prompt.window;
      return [{ step, row, info, ...(before === undefined ? {} : { previousWindow: before }) }];
    }),
  );
}

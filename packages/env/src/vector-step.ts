import type { PatternSpace } from '@rppkit/patterns';
import type { Encoder, VectorStep } from '@rppkit/spec';
import { computeObservationSize, encodeObservation, prepareEncoders } from './encoders/encoder.ts';
import { describeEpisode, type Episode, type RankingStepInfo, type RoundOutcome } from './episode.ts';
import type { ScorerRewards } from './scorer-rewards.ts';

/** What shapes a step. */
export interface VectorStepOptions {
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  readonly stateEncoders: readonly Encoder[];
  readonly scorerRewards: ScorerRewards;
  readonly rounds: number;
}

/**
 * What an environment hands out: the episodes as encoders see them, and what the round came to. `outcomes` has an entry
 * for every row that acted; a row without one is inactive. Rejects where an encoder cannot be prepared.
 */
export async function createVectorStep(
  episodes: readonly Episode[],
  outcomes: readonly (RoundOutcome | undefined)[],
  { space, encoders, stateEncoders, scorerRewards, rounds }: VectorStepOptions,
  signal: AbortSignal | undefined,
): Promise<VectorStep<RankingStepInfo>> {
  const contexts = episodes.map((episode) => describeEpisode(episode, rounds));
  await prepareEncoders([...encoders, ...stateEncoders], contexts, signal === undefined ? {} : { signal });

  const rows = episodes.length;
  const observationSize = computeObservationSize(encoders);
  const rewardsStart = observationSize + computeObservationSize(stateEncoders);
  const stateSize = rewardsStart + scorerRewards.size;
  const observations = new Float32Array(rows * observationSize);
  const state = new Float32Array(rows * stateSize);
  contexts.forEach((context, row) => {
    const own = observations.subarray(row * observationSize, (row + 1) * observationSize);
    encodeObservation(encoders, context, own);
    const central = state.subarray(row * stateSize, (row + 1) * stateSize);
    central.set(own);
    encodeObservation(stateEncoders, context, central.subarray(observationSize, rewardsStart));
    scorerRewards.write(episodes[row]!.judged, central.subarray(rewardsStart));
  });

  const actionMasks = Object.fromEntries(
    space.patterns.map(({ name, expressions }, position) => {
      const masks = new Uint8Array(rows * expressions.length);
      episodes.forEach((episode, row) => {
        masks.set(episode.masks[position]!, row * expressions.length);
      });
      return [name, masks];
    }),
  );
  const flag = (read: (outcome: RoundOutcome) => boolean): Uint8Array =>
    Uint8Array.from({ length: rows }, (_, row) => {
      const outcome = outcomes[row];
      return outcome !== undefined && read(outcome) ? 1 : 0;
    });
  return {
    observations,
    state,
    actionMasks,
    rewards: Float32Array.from({ length: rows }, (_, row) => outcomes[row]?.reward ?? 0),
    terminated: flag(({ terminated }) => terminated),
    truncated: flag(({ truncated }) => truncated),
    active: flag(() => true),
    learnable: flag(({ truncated }) => !truncated),
    infos: Array.from({ length: rows }, (_, row) => outcomes[row]?.info),
  };
}

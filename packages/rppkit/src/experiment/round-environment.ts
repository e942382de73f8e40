import type { RankingStepInfo } from '@rppkit/env';
import type { VectorEnvironment, VectorStep } from '@rppkit/spec';

/** An environment whose rounds are learned from one by one. */
export interface RoundEnvironment extends VectorEnvironment<RankingStepInfo> {
  /** Whether episodes have begun that have not ended: the next reset goes on with them. */
  readonly underWay: boolean;
}

/**
 * Hands out every round of the episodes as a rollout of its own, so that a learner updates between two rounds: each step truncates
 * its rows, and a reset goes on with episodes that are under way, and begins others with its seed where all have ended. Rows whose
 * call failed stay out until then.
 */
export function createRoundEnvironment(environment: VectorEnvironment<RankingStepInfo>): RoundEnvironment {
  const { batchSize, agents, observationSize, observationLayout, stateSize, actionCounts } = environment;
  const ended = new Uint8Array(batchSize).fill(1);
  let last: VectorStep<RankingStepInfo> | undefined;
  return {
    ...{ batchSize, agents, observationSize, observationLayout, stateSize, actionCounts },
    get underWay() {
      return ended.includes(0);
    },
    async reset(options) {
      if (last === undefined || !ended.includes(0)) {
        last = await environment.reset(options);
        ended.fill(0);
        return last;
      }
      const nothing = (): Uint8Array => new Uint8Array(batchSize);
      return {
        ...last,
        rewards: new Float32Array(batchSize),
        terminated: nothing(),
        truncated: Uint8Array.from(ended),
        active: ended.map((flag) => 1 - flag),
        learnable: nothing(),
        infos: Array.from({ length: batchSize }, () => undefined),
      };
    },
    async step(actions, options) {
      const step = await environment.step(actions, options);
      last = step;
      const { terminated, truncated, active } = step;
      for (let row = 0; row < batchSize; row++) ended[row] = ended[row]! | terminated[row]! | truncated[row]!;
      // Also rows that had ended before: a rollout ends when all rows have.
      return { ...step, truncated: active.map((_, row) => 1 - terminated[row]!) };
    },
  };
}

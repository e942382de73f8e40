/**
 * TD(lambda) targets of a rollout, for critics of actions.
 * Sutton, Barto: "Reinforcement learning: an introduction", 2nd edition, 2018, section 12.1 (the forward view).
 *
 * Symbols: r reward, Q' value of the joint action taken in the next step, by a target network, gamma discount, lambda the
 * mixing of one-step and long returns, y target. lambda = 0 gives r + gamma Q', lambda = 1 the return of the episode.
 *
 *   Eq. 1  y = r + gamma ((1 - lambda) Q' + lambda y')                     (y' of the next step of the same episode)
 *   Eq. 2  y = r + gamma Q_end      where no usable step follows, though the episode did not terminate
 *   Eq. 3  y = r                    after a terminated step
 *
 * Differences from the book: episodes end inside the batch, and a step without a reward (`usable` 0) is left out; Q_end, a
 * value that the caller has, then stands for what would have followed. Eq. 1 is the recursive form of the book's sum.
 */
import type { FlatRollout } from './rollout-batch.ts';

/** Where episodes go on and where they end. All arrays `[steps, batch]`, row-major, in time order. */
export type EpisodeEnds = Pick<FlatRollout, 'batchSize' | 'terminated' | 'truncated' | 'usable'>;

/** Computes the targets, `Float32Array [steps, batch]`; 0 where unusable. */
export function computeLambdaReturns(
  rollout: EpisodeEnds & {
    readonly rewards: Float32Array;
    /** Of the joint action taken in each step, `[steps, batch]`; read in usable rows only. */
    readonly values: Float32Array;
    /** Q_end, `[steps, batch]`; read in the rows of `listOpenEnds` only. */
    readonly endValues: Float32Array;
  },
  { discount, lambda }: { readonly discount: number; readonly lambda: number },
): Float32Array {
  const { batchSize, rewards, values, endValues, terminated, usable } = rollout;
  const returns = new Float32Array(rewards.length);
  for (let index = rewards.length - 1; index >= 0; index--) {
    if (usable[index] === 0) continue;
    const next = index + batchSize;
    const computeFuture = (): number => {
      if (terminated[index] === 1) return 0; // Eq. 3
      if (!runsOn(rollout, index)) return endValues[index]!; // Eq. 2
      return (1 - lambda) * values[next]! + lambda * returns[next]!; // Eq. 1
    };
    returns[index] = rewards[index]! + discount * computeFuture();
  }
  return returns;
}

/** Usable rows, rising, that did not terminate and that no usable step of the same episode follows. */
export function listOpenEnds(rollout: EpisodeEnds): readonly number[] {
  const { terminated, usable } = rollout;
  return Array.from(usable.keys()).filter((row) => usable[row] === 1 && terminated[row] === 0 && !runsOn(rollout, row));
}

function runsOn({ batchSize, terminated, truncated, usable }: EpisodeEnds, row: number): boolean {
  const next = row + batchSize;
  return terminated[row] === 0 && truncated[row] === 0 && next < usable.length && usable[next] === 1;
}

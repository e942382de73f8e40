import type { InsteadAnswer, RankingStepInfo } from '@rppkit/env';
import type { JointAction, PatternSpace } from '@rppkit/patterns';
import type { ActionMasks, Rollout, VectorStep } from '@rppkit/spec';
import type { PlayedRound } from './played-rounds.ts';

/** A round, the joint action that was asked in its place, and what came of that. */
export interface AskedInstead {
  readonly round: PlayedRound;
  readonly choice: JointAction;
  readonly answer: InsteadAnswer;
}

/**
 * What was asked in place of rounds, as a rollout of episodes of one step, for learners that learn from any action.
 * Log-probabilities are 0: nobody drew these actions. Undefined where nothing was answered.
 */
export function createPairRollout(
  { observations, state, actionMasks }: VectorStep<RankingStepInfo>,
  asked: readonly AskedInstead[],
  { space, batchSize }: { readonly space: PatternSpace; readonly batchSize: number },
): Rollout | undefined {
  const answered = asked.filter(({ answer }) => answer.reward !== undefined);
  const rows = answered.map(({ round }) => round.row);
  if (rows.length === 0) return undefined;
  const select = <Values extends Float32Array | Uint8Array>(values: Values): Values => {
    const width = values.length / batchSize;
    const selected = values.slice(0, 0).constructor as new (length: number) => Values;
    const taken = new selected(rows.length * width);
    for (const [index, row] of rows.entries()) {
      taken.set(values.subarray(row * width, (row + 1) * width), index * width);
    }
    return taken;
  };
  const ones = (): Uint8Array => new Uint8Array(rows.length).fill(1);
  const names = space.patterns.map(({ name }) => name);
  const masks: ActionMasks | undefined =
    actionMasks && Object.fromEntries(names.map((name) => [name, select(actionMasks[name]!)]));
  const end = { observations: select(observations), state: select(state) };
  return {
    batchSize: rows.length,
    steps: [
      {
        ...end,
        ...(masks && { actionMasks: masks }),
        actions: Object.fromEntries(
          names.map((name, position) => [name, Int32Array.from(answered, ({ choice }) => choice[position]!)]),
        ),
        logProbabilities: Object.fromEntries(names.map((name) => [name, new Float32Array(rows.length)])),
        rewards: Float32Array.from(answered, ({ answer }) => answer.reward!),
        terminated: ones(),
        truncated: new Uint8Array(rows.length),
        active: ones(),
        learnable: ones(),
      },
    ],
    finalObservations: end.observations,
    finalState: end.state,
  };
}

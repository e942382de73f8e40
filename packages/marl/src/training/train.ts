import { InvalidArgumentError, type Learner, type RandomStream, type VectorEnvironment } from '@rppkit/spec';
import type { MarlLearner } from '../learner/create-learner.ts';
import { collectRollout } from '../rollouts/collect-rollout.ts';
import { assertBudget, type Budget, hasRoom } from './budget.ts';
import type { Checkpoint } from './checkpoint.ts';
import { computeMean, countCalls, listEpisodeOutcomes } from './episode-outcomes.ts';
import { assertEvaluation, type EvaluationOptions, evaluatePolicy } from './evaluate-policy.ts';
import type { EvaluationProgress, TrainingCallbacks, TrainingProgress, TrainingResult } from './training-callbacks.ts';
import { addEvaluation, addIteration, createTrainingState, type TrainingState } from './training-state.ts';

/** A learner that `train` can keep the best state of and resume. */
export type TrainableLearner = Learner & Pick<MarlLearner, 'save' | 'load'>;

/** How long and under which watch `train` works. */
export interface TrainOptions<Info = unknown> {
  readonly budget: Budget;
  /** Names the iterations' streams; it is split, not drawn from. */
  readonly random: RandomStream;
  /** With `evaluationEvery`. Evaluations play deterministically and change nothing in the training. */
  readonly evaluation?: EvaluationOptions;
  /** Updates from one evaluation to the next, a positive integer. With `evaluation`. */
  readonly evaluationEvery?: number;
  /** Ends the training when its evaluations stop improving. Needs `evaluation`. Default: never. */
  readonly earlyStopping?: {
    /** Evaluations in a row without an improvement after which training ends, a positive integer. */
    readonly patience: number;
    /** `eval/mean_reward` must rise by more than this to count as an improvement, at least 0. Default 0. */
    readonly minimumDelta?: number;
  };
  /** One object, or several that are called in this order at every event. */
  readonly callbacks?: TrainingCallbacks<Info> | readonly TrainingCallbacks<Info>[];
  /**
   * Calls made so far beside the rollouts, such as those of a refiner, which a budget of calls has to pay for as well. Asked
   * before each iteration; what it says must follow from the checkpoint that a training goes on from. Default: none.
   */
  readonly otherCalls?: () => number;
  readonly signal?: AbortSignal;
  /**
   * Loads this checkpoint into the learner and goes on from it. With the learner made as it was then, the same `random`
   * and the same other options, weights and metrics are those of a training without an interruption, bit for bit.
   */
  readonly resumeFrom?: Checkpoint;
}

/**
 * Trains a learner. Each iteration resets the environment with its own seed, plays every row to its end and updates once;
 * iteration i depends on `random` and i alone. Aborting rejects with the signal's reason; then, and where a callback throws,
 * the learner is as it was after the last finished update.
 *
 * Throws `InvalidArgumentError` for options out of range, an environment that does not fit the learner, a checkpoint of
 * another learner or of another stream, before anything is changed.
 */
export async function train<Info>(
  environment: VectorEnvironment<Info>,
  learner: TrainableLearner,
  options: TrainOptions<Info>,
): Promise<TrainingResult> {
  const { budget, random, evaluation, evaluationEvery, earlyStopping, callbacks = [], signal, resumeFrom } = options;
  const { otherCalls = () => 0 } = options;
  assertOptions(options, environment.batchSize);
  if (resumeFrom !== undefined) learner.load(resumeFrom.learner);
  let state: TrainingState = resumeFrom?.training ?? createTrainingState(random);

  /** Whether a callback said stop. */
  const notify = async (
    call: (one: TrainingCallbacks<Info>) => void | 'stop' | Promise<void> | Promise<'stop' | undefined>,
  ): Promise<boolean> => {
    let stop = false;
    for (const one of [callbacks].flat()) {
      if ((await call(one)) === 'stop') stop = true;
    }
    signal?.throwIfAborted();
    return stop;
  };

  const iterate = async (): Promise<TrainingProgress<Info>> => {
    const iteration = random.split(state.updates + 1);
    const { rollout, steps } = await abortable(signal, (passed) =>
      collectRollout(environment, learner, {
        random: iteration.split('actions'),
        seed: iteration.split('tasks').bits(),
        ...passed,
      }),
    );
    const learned = await learner.update(rollout);
    const outcomes = listEpisodeOutcomes(rollout);
    state = addIteration(state, { episodes: rollout.batchSize, calls: countCalls(rollout) });
    const metrics = {
      'rollout/ep_rew_mean': computeMean(outcomes.rewards),
      'rollout/ep_len_mean': computeMean(outcomes.lengths),
      ...describeTime(state),
      ...learned,
    };
    return { update: state.updates, episodes: state.episodes, metrics, rollout, steps, state };
  };

  const evaluate = async (played: EvaluationOptions): Promise<EvaluationProgress> => {
    const outcome = await abortable(signal, (passed) => evaluatePolicy(learner, { ...played, ...passed }));
    state = addEvaluation(state, outcome.metrics['eval/mean_reward']!, {
      minimumDelta: earlyStopping?.minimumDelta ?? 0,
      save: () => learner.save(),
    });
    return { ...outcome, update: state.updates, metrics: { ...outcome.metrics, ...describeTime(state) }, state };
  };

  let stopped = await notify((one) => one.onStart?.({ state }));
  // What comes next follows from the state alone, so that a checkpoint taken at any event leads on to the same.
  let reason: TrainingResult['reason'] | undefined;
  while (reason === undefined) {
    if (stopped) reason = 'callback';
    else if (evaluation !== undefined && isEvaluationDue(state, evaluationEvery!)) {
      const progress = await evaluate(evaluation);
      stopped = await notify((one) => one.onEvaluation?.(progress));
    } else if ((state.evaluation?.unimproved ?? 0) >= (earlyStopping?.patience ?? Number.POSITIVE_INFINITY)) {
      reason = 'early-stopping';
    } else if (hasRoom(budget, environment.batchSize, { ...state, otherCalls: otherCalls() })) {
      const progress = await iterate();
      stopped = await notify((one) => one.onUpdate?.(progress));
    } else reason = 'budget';
  }
  const best = state.evaluation?.best;
  const result: TrainingResult = { reason, ...(best && { best }), state };
  await notify((one) => one.onEnd?.(result));
  return result;
}

function isEvaluationDue({ updates, evaluation }: TrainingState, every: number): boolean {
  return updates > 0 && updates % every === 0 && evaluation?.update !== updates;
}

function describeTime({ updates, calls }: TrainingState): {
  readonly 'time/iterations': number;
  readonly 'time/total_timesteps': number;
} {
  return { 'time/iterations': updates, 'time/total_timesteps': calls };
}

/** Hands the signal on where there is one; where it was aborted meanwhile, whatever came of it, throws its reason. */
async function abortable<Value>(
  signal: AbortSignal | undefined,
  work: (passed: { readonly signal?: AbortSignal }) => Promise<Value>,
): Promise<Value> {
  signal?.throwIfAborted();
  try {
    return await work(signal === undefined ? {} : { signal });
  } finally {
    signal?.throwIfAborted();
  }
}

function assertOptions<Info>(
  { budget, random, evaluation, evaluationEvery, earlyStopping, resumeFrom }: TrainOptions<Info>,
  batchSize: number,
): void {
  assertBudget(budget, batchSize);
  if ((evaluation === undefined) !== (evaluationEvery === undefined)) {
    const [given, missing] =
      evaluation === undefined ? ['evaluationEvery', 'evaluation'] : ['evaluation', 'evaluationEvery'];
    throw new InvalidArgumentError(missing!, `given together with ${given}`, undefined);
  }
  if (evaluation !== undefined) assertEvaluation(evaluation);
  if (evaluationEvery !== undefined) assertPositiveInteger('evaluationEvery', evaluationEvery);
  if (earlyStopping !== undefined) {
    const { patience, minimumDelta = 0 } = earlyStopping;
    if (evaluation === undefined)
      throw new InvalidArgumentError('evaluation', 'given together with earlyStopping', undefined);
    assertPositiveInteger('earlyStopping.patience', patience);
    if (!(minimumDelta >= 0 && Number.isFinite(minimumDelta)))
      throw new InvalidArgumentError('earlyStopping.minimumDelta', 'finite and at least 0', minimumDelta);
  }
  if (resumeFrom !== undefined) {
    const expected = resumeFrom.training.randomKey.join(' ');
    const received = random.state().key.join(' ');
    if (expected !== received) {
      throw new InvalidArgumentError('random', `the stream of the checkpoint (key ${expected})`, `key ${received}`);
    }
  }
}

function assertPositiveInteger(argument: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value > 0))
    throw new InvalidArgumentError(argument, 'a positive integer', value);
}

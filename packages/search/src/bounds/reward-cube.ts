import { computeJointActionCount, decodeJointAction, type JointAction, type PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError, type JudgedTask } from '@rppkit/spec';
import type { AnswerSource, PromptTrial } from '../answers/answer-source.ts';

/** The rewards of the same prompts for all tasks: what bounds, effects and the table's headroom are computed from. */
export interface RewardCube {
  /** Where the rewards come from; asked again for the rankings of ensembles. */
  readonly source: AnswerSource;
  readonly tasks: readonly JudgedTask[];
  readonly space: PatternSpace;
  /** Numbers of the joint actions, rising. Each is asked as it is served: with the longest legal window where its own is illegal. */
  readonly actions: Int32Array;
  /** The same as choices. */
  readonly choices: readonly JointAction[];
  /** Candidate orders; draw number d has order d mod this and sample floor(d / this). */
  readonly orders: number;
  /** Draws of each prompt, all orders together. */
  readonly draws: number;
  /** `Float32Array [tasks, actions, draws]`; NaN where the call failed. */
  readonly rewards: Float32Array;
}

export interface ReadRewardCubeOptions {
  /** Numbers of the joint actions, each once; default: all that the source has. */
  readonly actions?: ArrayLike<number>;
  /** Candidate orders, at least 1; default: all that the source tells apart. */
  readonly orders?: number;
  /** Draws of each prompt in each order, at least 1; default 1. */
  readonly draws?: number;
  readonly signal?: AbortSignal;
  /** Called after each task with the calls made so far. */
  readonly onProgress?: (progress: { readonly calls: number }) => void;
}

/**
 * Asks a source for every prompt of every task: tasks x actions x orders x draws calls, which cost nothing where the source is a
 * recorded table. Rejects with `InvalidArgumentError` for options out of range, and with the reason of its signal.
 */
export async function readRewardCube(
  source: AnswerSource,
  { actions: wanted, orders = source.candidateOrders, draws = 1, signal, onProgress }: ReadRewardCubeOptions = {},
): Promise<RewardCube> {
  const { tasks, space } = source;
  const all = source.actions ?? Int32Array.from({ length: computeJointActionCount(space) }, (_, action) => action);
  const numbers = Array.from(wanted ?? all);
  const known = new Set(all);
  if (numbers.length === 0 || new Set(numbers).size < numbers.length || !numbers.every((action) => known.has(action))) {
    throw new InvalidArgumentError('actions', 'different joint actions of the source, at least one', wanted);
  }
  for (const [name, value] of Object.entries({ orders, draws })) {
    if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(name, 'a positive integer', value);
  }
  if (orders > source.candidateOrders) {
    throw new InvalidArgumentError('orders', `at most the ${source.candidateOrders} of the source`, orders);
  }
  const actions = Int32Array.from(numbers).sort();
  if (draws > (source.draws ?? Infinity)) {
    const advice = 'Further ones repeat the same answers.';
    throw new InvalidArgumentError('draws', `at most the ${source.draws} of the source`, draws, advice);
  }
  const choices = Array.from(actions, (action) => decodeJointAction(space, action));
  const perPrompt = orders * draws;
  const perTask = actions.length * perPrompt;
  const rewards = new Float32Array(tasks.length * perTask);
  signal?.throwIfAborted();
  for (let task = 0; task < tasks.length; task++) {
    const trials = choices.flatMap((choice) =>
      Array.from({ length: perPrompt }, (_, draw): PromptTrial => createTrial(task, choice, draw, orders)),
    );
    const answers = await source.ask(trials, signal === undefined ? {} : { signal });
    rewards.set(answers.rewards, task * perTask);
    onProgress?.({ calls: (task + 1) * perTask });
    signal?.throwIfAborted();
  }
  return { source, tasks, space, actions, choices, orders, draws: perPrompt, rewards };
}

/** The trial of draw number `draw`. */
export function createTrial(task: number, choice: JointAction, draw: number, orders: number): PromptTrial {
  return { task, choice, orderIndex: draw % orders, sampleIndex: Math.floor(draw / orders) };
}

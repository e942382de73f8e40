import {
  computeJointActionCount,
  decodeJointAction,
  type JointAction,
  legalizeJointAction,
  type PatternSpace,
} from '@rppkit/patterns';
import { InvalidArgumentError, samplePermutation } from '@rppkit/spec';
import { evaluatePrompts } from './evaluate-prompts.ts';
import type { AskRandomPromptsOptions } from './random-prompts.ts';
import { fitRewardModel } from './reward-model.ts';

/** How a budget of calls is spent; computed before the first call, so that it can be announced. */
export interface BestFixedPlan {
  /** Calls with uniformly random prompts that choose the finalists. */
  readonly screening: number;
  /** Rounds of sequential halving: finalists left, and tasks that each of them is asked on. */
  readonly rounds: readonly { readonly finalists: number; readonly tasksEach: number }[];
  /** All calls. */
  readonly calls: number;
}

const mostFinalists = 16;

/** The plan for at most `calls` calls in a space. Throws below 128, where a finalist would not be asked once a round. */
export function planBestFixedPrompt(calls: number, space: PatternSpace): BestFixedPlan {
  if (!Number.isInteger(calls) || calls < 128) {
    throw new InvalidArgumentError('calls', 'an integer of at least 128', calls);
  }
  const roundCount = Math.floor(Math.log2(Math.min(mostFinalists, computeJointActionCount(space))));
  const firstFinalists = 2 ** roundCount;
  const perRound = Math.floor(calls / 2 / Math.max(1, roundCount));
  const rounds = Array.from({ length: roundCount }, (_, round) => {
    const finalists = firstFinalists / 2 ** round;
    return { finalists, tasksEach: Math.floor(perRound / finalists) };
  });
  const halving = rounds.reduce((sum, { finalists, tasksEach }) => sum + finalists * tasksEach, 0);
  const screening = Math.floor(calls / 2);
  return { screening, rounds, calls: screening + halving };
}

/** The prompt that does best for everybody. */
export interface BestFixedPrompt {
  readonly choice: JointAction;
  /** Calls that the search made, those answered by a store included. */
  readonly calls: number;
}

/**
 * Searches the best fixed prompt: a ridge model of the prompt alone, fitted on random prompts, names up to 16 finalists; then
 * sequential halving (Karnin, Koren, Somekh: "Almost optimal exploration in multi-armed bandits", ICML 2013) asks the
 * finalists on the same tasks and keeps the better half, round by round. A prompt is judged as it would be served: where its
 * window is longer than a history, the longest legal window is asked.
 *
 * Differences from the paper: the arms come from a screening, and means are pooled over all rounds.
 */
export async function findBestFixedPrompt(options: AskRandomPromptsOptions): Promise<BestFixedPrompt> {
  const { tasks, calls, candidateOrders = 4, random, ...asking } = options;
  const { space } = asking;
  const plan = planBestFixedPrompt(calls, space);
  /** Rewards of the prompts `choices[i]` on the places `places[i]` of a random order of tasks; NaN for a failed call. */
  const ask = async (
    order: Int32Array,
    choices: readonly JointAction[],
    places: readonly number[],
  ): Promise<Float64Array> => {
    const k = asking.reward?.k ?? 10;
    const trials = choices.map((choice, index) => {
      const place = places[index]!;
      const task = order[place % tasks.length]!;
      const draw = Math.floor(place / tasks.length);
      return {
        task,
        choice: legalizeJointAction(space, choice, tasks[task]!.task),
        orderIndex: draw % candidateOrders,
        sampleIndex: Math.floor(draw / candidateOrders),
      };
    });
    return (await evaluatePrompts({ ...asking, tasks, trials, cutoffs: [k] })).ndcg.get(k)!;
  };

  const screened = samplePermutation(random.split('screening'), tasks.length);
  const draws = random.split('prompts');
  const count = computeJointActionCount(space);
  const choices = Array.from({ length: plan.screening }, () => decodeJointAction(space, draws.integer(count)));
  const rewards = await ask(screened, choices, [...choices.keys()]);
  const rows = choices.flatMap((choice, call) =>
    Number.isNaN(rewards[call]) ? [] : [{ task: screened[call % tasks.length]!, choice, reward: rewards[call]! }],
  );
  let finalists = fitRewardModel({ tasks, rows }, { space, penalty: 10 })
    .rank(plan.rounds[0]?.finalists ?? 1)
    .map((choice) => ({ choice, sum: 0, count: 0 }));

  const order = samplePermutation(random.split('halving'), tasks.length);
  let asked = 0;
  for (const { tasksEach } of plan.rounds) {
    const places = Array.from({ length: tasksEach }, (_, index) => asked + index);
    asked += tasksEach;
    const values = await ask(
      order,
      finalists.flatMap(({ choice }) => places.map(() => choice)),
      finalists.flatMap(() => places),
    );
    values.forEach((value, index) => {
      if (Number.isNaN(value)) return;
      const finalist = finalists[Math.floor(index / tasksEach)]!;
      finalist.sum += value;
      finalist.count++;
    });
    finalists = finalists
      .sort((left, right) => right.sum / Math.max(1, right.count) - left.sum / Math.max(1, left.count))
      .slice(0, finalists.length / 2);
  }
  return { choice: finalists[0]!.choice, calls: plan.calls };
}

import { computeJointActionCount, type JointAction, legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError, samplePermutation } from '@rppkit/spec';
import { evaluatePrompts } from './evaluate-prompts.ts';
import { type AskRandomPromptsOptions, askRandomPrompts } from './random-prompts.ts';
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
  /** Calls that were planned and answered from the model or a store. */
  readonly calls: number;
  /** Those that were not in a store. */
  readonly modelCalls: number;
  readonly tokens: number;
}

/**
 * Searches the best fixed prompt: a ridge model of the prompt alone, fitted on random prompts, names up to 16 finalists; then
 * sequential halving (Karnin, Koren, Somekh: "Almost optimal exploration in multi-armed bandits", ICML 2013) asks the
 * finalists on the same tasks and keeps the better half, round by round.
 *
 * Differences from the paper: the arms come from a screening, and means are pooled over all rounds.
 */
export async function findBestFixedPrompt(options: AskRandomPromptsOptions): Promise<BestFixedPrompt> {
  const { tasks, calls, candidateOrders = 4, random, ...asking } = options;
  const { space } = asking;
  const plan = planBestFixedPrompt(calls, space);
  const screening = await askRandomPrompts({ ...options, calls: plan.screening, random: random.split('screening') });
  const anyTask = { id: '', user: '', history: [], candidates: [] };
  let finalists = fitRewardModel(screening, { space, penalty: 10 })
    .rank(anyTask, plan.rounds[0]?.finalists ?? 1)
    .map((choice) => ({ choice, sum: 0, count: 0 }));
  let { modelCalls, tokens } = screening;

  const order = samplePermutation(random.split('halving'), tasks.length);
  let asked = 0;
  for (const { tasksEach } of plan.rounds) {
    const places = Array.from({ length: tasksEach }, (_, index) => asked + index);
    asked += tasksEach;
    const trials = finalists.flatMap(({ choice }) =>
      places.map((place) => {
        const task = order[place % tasks.length]!;
        const draw = Math.floor(place / tasks.length);
        return {
          task,
          choice: legalizeJointAction(space, choice, tasks[task]!.task),
          orderIndex: draw % candidateOrders,
          sampleIndex: Math.floor(draw / candidateOrders),
        };
      }),
    );
    const k = asking.reward?.k ?? 10;
    const evaluation = await evaluatePrompts({ ...asking, tasks, trials, cutoffs: [k] });
    modelCalls += evaluation.modelCalls;
    tokens += evaluation.tokens;
    evaluation.ndcg.get(k)!.forEach((value, index) => {
      if (evaluation.answered[index] === 0) return;
      const finalist = finalists[Math.floor(index / tasksEach)]!;
      finalist.sum += value;
      finalist.count++;
    });
    finalists = finalists
      .sort((left, right) => right.sum / Math.max(1, right.count) - left.sum / Math.max(1, left.count))
      .slice(0, finalists.length / 2);
  }
  return { choice: finalists[0]!.choice, calls: plan.calls, modelCalls, tokens };
}

import type { JointAction } from '@rppkit/patterns';
import type { CrossFitChoices } from './cross-fit-choices.ts';
import { computeActionMean } from './cube-means.ts';
import type { PromptRankings } from './prompt-rankings.ts';
import type { RewardCube } from './reward-cube.ts';
import { splitByFold } from './user-folds.ts';

export interface EnsembleOptions {
  readonly choices: CrossFitChoices;
  readonly rankings: PromptRankings;
  /** Calls for one ranking, at least 2 and at most the draws of the cube. */
  readonly calls: number;
  readonly signal?: AbortSignal;
}

/** The best fixed prompt asked several times, each in the next draw, aggregated, `Float64Array [tasks]`. */
export async function scoreRepeatedPrompt(
  cube: RewardCube,
  { choices, rankings, calls, signal }: EnsembleOptions,
): Promise<Float64Array> {
  const list = (task: number): readonly { task: number; choice: JointAction; draw: number }[] =>
    Array.from({ length: calls }, (_, draw) => ({ task, choice: cube.choices[choices.fixed[task]!]!, draw }));
  await rankings.load(
    cube.tasks.flatMap((_, task) => list(task)),
    signal,
  );
  return Float64Array.from(cube.tasks, (_, task) => rankings.judge(task, list(task)));
}

/** Prompts that may enter a sequence: the best ones alone. */
const mostCandidates = 20;

/**
 * The best fixed sequence of prompts, aggregated, `Float64Array [tasks]`: begins with the best fixed prompt and adds, one after the
 * other, the prompt that raises the mean most, all on the users of other folds. The prompt in place t is asked in draw t.
 */
export async function scoreGreedySequence(
  cube: RewardCube,
  { choices, rankings, calls, signal }: EnsembleOptions,
): Promise<Float64Array> {
  const { means, fixed, foldOf, folds } = choices;
  const actions = cube.choices.length;
  const values = new Float64Array(cube.tasks.length);
  for (let fold = 0; fold < folds; fold++) {
    signal?.throwIfAborted();
    const { inside, outside } = splitByFold(foldOf, fold);
    const alone = cube.choices.map((_, action) => computeActionMean(means, actions, action, outside));
    const candidates = [...alone.keys()]
      .filter((action) => !Number.isNaN(alone[action]))
      .sort((left, right) => alone[right]! - alone[left]! || left - right)
      .slice(0, mostCandidates)
      .map((action) => cube.choices[action]!);
    const sequence = [{ choice: cube.choices[fixed[inside[0]!]!]!, draw: 0 }];
    await rankings.load(
      [...inside, ...outside].map((task) => ({ task, ...sequence[0]! })),
      signal,
    );
    for (let draw = 1; draw < calls; draw++) {
      await rankings.load(
        outside.flatMap((task) => candidates.map((choice) => ({ task, choice, draw }))),
        signal,
      );
      let best = candidates[0]!;
      let bestMean = -Infinity;
      for (const choice of candidates) {
        const mean = computeMeanAnswered(outside.map((task) => rankings.judge(task, [...sequence, { choice, draw }])));
        if (mean > bestMean) {
          best = choice;
          bestMean = mean;
        }
      }
      sequence.push({ choice: best, draw });
    }
    await rankings.load(
      inside.flatMap((task) => sequence.map((one) => ({ task, ...one }))),
      signal,
    );
    for (const task of inside) values[task] = rankings.judge(task, sequence);
  }
  return values;
}

function computeMeanAnswered(values: readonly number[]): number {
  const answered = values.filter((value) => !Number.isNaN(value));
  return answered.reduce((sum, value) => sum + value, 0) / answered.length;
}

import {
  type ComposedPrompt,
  composePrompt,
  legalizeJointAction,
  listJointActions,
  type PatternSpace,
} from '@rppkit/patterns';
import type { RankingTask, TextUsage } from '@rppkit/spec';
import { parseExperimentConfig } from '../experiment/experiment-config.ts';
import { planCalls } from '../experiment/plan-calls.ts';
import { readSimulatedProfile } from '../models/simulated-profile.ts';

/** Dollars, or any other money, for a million tokens. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
}

/** What a default run will take, from one measured call. */
export interface RunEstimate {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In the money of the prices; null without prices. */
  readonly cost: number | null;
}

/** The most users that a run reports on unless told otherwise. */
const reportUsers = 2000;

/**
 * Scales the tokens of one call to the mean prompt of the space and to the calls of `rppkit train` with its defaults on a large
 * data set. Titles and histories of other data are longer or shorter.
 */
export function estimateRun({
  model,
  usage,
  space,
  task,
  prompt,
  prices,
}: {
  readonly model: string;
  readonly usage: TextUsage;
  readonly space: PatternSpace;
  readonly task: RankingTask;
  /** That of the call. */
  readonly prompt: ComposedPrompt;
  readonly prices: TokenPrices | undefined;
}): RunEstimate {
  const swaps = readSimulatedProfile(model) === undefined ? 1 : 20;
  const config = parseExperimentConfig({ data: { kind: 'synthetic', preset: 'diverse', users: 5000 }, model, swaps });
  const calls = [...planCalls(config, space, reportUsers).values()].reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const inputTokens = calls * usage.inputTokens * (computeMeanTokens(space, task) / prompt.estimatedTokens);
  const outputTokens = calls * usage.outputTokens;
  return {
    calls,
    inputTokens: Math.round(inputTokens),
    outputTokens: Math.round(outputTokens),
    cost: prices === undefined ? null : (inputTokens * prices.input + outputTokens * prices.output) / 1e6,
  };
}

function computeMeanTokens(space: PatternSpace, task: RankingTask): number {
  let sum = 0;
  let count = 0;
  for (const choice of listJointActions(space)) {
    sum += composePrompt(space, legalizeJointAction(space, choice, task), task).estimatedTokens;
    count++;
  }
  return sum / count;
}

import type { TokenPrices } from '@rppkit/env';
import {
  type ComposedPrompt,
  composePrompt,
  estimateTokens,
  type PatternSpace,
  renderItemTitle,
} from '@rppkit/patterns';
import { sampleJointAction } from '@rppkit/search';
import type { RandomStream, RankingTask, TextUsage } from '@rppkit/spec';
import { type CallPlan, countPlannedCalls } from './plan-calls.ts';

/** What a run will take if no call fails and no answer is stored. */
export interface RunEstimate {
  readonly calls: number;
  /** Tokens of all calls, from the length of sampled prompts and of a list of the candidates' titles. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In the currency of the prices; null without them. */
  readonly cost: number | null;
}

export interface EstimateRunOptions {
  readonly plan: CallPlan;
  /** At least one. */
  readonly tasks: readonly RankingTask[];
  readonly space: PatternSpace;
  readonly prices: TokenPrices | undefined;
  /** Of an episode; default 1. Histories may grow from one to the next. */
  readonly rounds?: number;
  readonly random: RandomStream;
  /** A call that was made, to whose tokens lengths are scaled. Default: tokens are estimated from text alone. */
  readonly measured?: { readonly prompt: ComposedPrompt; readonly usage: TextUsage };
}

/** Prompts whose length is measured. */
const samples = 200;

/** Estimates calls, tokens and cost from random prompts of random tasks. A model that reasons at length writes more. */
export function estimateRun({
  plan,
  tasks,
  space,
  prices,
  random,
  measured,
  rounds = 1,
}: EstimateRunOptions): RunEstimate {
  let input = 0;
  let output = 0;
  /** A random prompt of a random round; with one round nothing is drawn for that. */
  const composeSample = (drawn: RandomStream, task: RankingTask): ComposedPrompt => {
    const choice = sampleJointAction(drawn, space, task);
    let prompt = composePrompt(space, choice, task);
    const round = rounds === 1 ? 0 : Math.floor(drawn.uniform() * rounds);
    for (let played = 0; played < round; played++) {
      prompt = composePrompt(space, choice, task, { previousWindow: prompt.window });
    }
    return prompt;
  };
  for (let sample = 0; sample < samples; sample++) {
    const drawn = random.split(sample);
    const task = tasks[Math.floor(drawn.uniform() * tasks.length)]!;
    input += composeSample(drawn, task).estimatedTokens;
    output += estimateTokens(task.candidates.map((item, index) => `${index + 1}. ${renderItemTitle(item)}\n`).join(''));
  }
  const calls = countPlannedCalls(plan);
  const scale = measured === undefined ? 1 : measured.usage.inputTokens / measured.prompt.estimatedTokens;
  const inputTokens = Math.round((input / samples) * scale * calls);
  const outputTokens = Math.round((measured?.usage.outputTokens ?? output / samples) * calls);
  const cost =
    prices === undefined ? null : (inputTokens * prices.inputPerMillion + outputTokens * prices.outputPerMillion) / 1e6;
  return { calls, inputTokens, outputTokens, cost };
}

/** An estimate as one line for people. */
export function describeEstimate({ calls, inputTokens, outputTokens, cost }: RunEstimate): string {
  const format = (count: number): string => count.toLocaleString('en-US');
  const money =
    cost === null ? 'pass --input-price and --output-price for what that costs' : `at your prices ${cost.toFixed(2)}`;
  return `Estimate: ${format(calls)} calls, about ${format(roundTo(inputTokens, 2))} tokens of prompts and ${format(roundTo(outputTokens, 2))} of answers; ${money}`;
}

/** A count with so many leading digits. */
function roundTo(count: number, digits: number): number {
  return Number(count.toPrecision(digits));
}

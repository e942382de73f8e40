import type { TokenPrices } from '@rppkit/env';
import { composePrompt, estimateTokens, type PatternSpace, renderItemTitle } from '@rppkit/patterns';
import { sampleJointAction } from '@rppkit/search';
import type { JudgedTask, RandomStream } from '@rppkit/spec';
import type { CallPlan } from './plan-calls.ts';

/** What a run will take if no call fails and no answer is stored. */
export interface RunEstimate {
  readonly calls: number;
  /** Tokens of all calls, from the length of sampled prompts and of a list of the candidates' titles. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In the currency of the prices; undefined without them. */
  readonly cost: number | undefined;
}

export interface EstimateRunOptions {
  readonly plan: CallPlan;
  /** At least one. */
  readonly tasks: readonly JudgedTask[];
  readonly space: PatternSpace;
  readonly prices: TokenPrices | undefined;
  readonly random: RandomStream;
}

/** Prompts whose length is measured. */
const samples = 200;

/** Estimates calls, tokens and cost from random prompts of random tasks. A model that reasons at length writes more. */
export function estimateRun({ plan, tasks, space, prices, random }: EstimateRunOptions): RunEstimate {
  let input = 0;
  let output = 0;
  for (let sample = 0; sample < samples; sample++) {
    const drawn = random.split(sample);
    const { task } = tasks[Math.floor(drawn.uniform() * tasks.length)]!;
    input += composePrompt(space, sampleJointAction(drawn, space, task), task).estimatedTokens;
    output += estimateTokens(task.candidates.map((item, index) => `${index + 1}. ${renderItemTitle(item)}\n`).join(''));
  }
  const calls = [...plan.values()].reduce((sum: number, planned) => sum + (planned ?? 0), 0);
  const inputTokens = Math.round((input / samples) * calls);
  const outputTokens = Math.round((output / samples) * calls);
  const cost =
    prices === undefined
      ? undefined
      : (inputTokens * prices.inputPerMillion + outputTokens * prices.outputPerMillion) / 1e6;
  return { calls, inputTokens, outputTokens, cost };
}

/** An estimate as one line for people. */
export function describeEstimate({ calls, inputTokens, outputTokens, cost }: RunEstimate): string {
  const format = (count: number): string => count.toLocaleString('en-US');
  const money =
    cost === undefined
      ? 'pass --input-price and --output-price for what that costs'
      : `at your prices ${cost.toFixed(2)}`;
  return `Estimate: ${format(calls)} calls, about ${format(roundTo(inputTokens, 2))} tokens of prompts and ${format(roundTo(outputTokens, 2))} of answers; ${money}`;
}

/** A count with so many leading digits. */
function roundTo(count: number, digits: number): number {
  return Number(count.toPrecision(digits));
}

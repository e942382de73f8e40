import { computeObservationSize, prepareEncoders } from '@rppkit/env';
import { type Encoder, InvalidArgumentError, RppError } from '@rppkit/spec';
import { createModelSource } from '../answers/create-model-source.ts';
import type { PromptAsking } from '../evaluate-prompts.ts';
import { estimateDetectableHeadroom } from './detectable-headroom.ts';
import { createInteractionSetup } from './interaction-setup.ts';
import { assertPermutations, type InteractionTest, testInteraction } from './interaction-test.ts';
import { listMainEffects, type MainEffect } from './main-effects.ts';
import { type HeadroomLookPlan, type PlanHeadroomLookOptions, planHeadroomLook } from './plan-headroom-look.ts';
import { estimateShrunkenHeadroom } from './shrunken-headroom.ts';

export interface LookForHeadroomOptions extends PlanHeadroomLookOptions, PromptAsking {
  /** What a policy may observe, at least one float; prepared before the first call. */
  readonly encoders: readonly Encoder[];
  /** Of the test, at least 19; default 199. */
  readonly permutations?: number;
  /** Called with the plan, and so with the cost, before the first call. */
  readonly onPlan?: (plan: HeadroomLookPlan) => void;
}

/** What a few thousand answers to random prompts say; never that personal prompts pay. */
export interface HeadroomLook {
  /** `worth-training`: what a prompt is worth depends on the user, at level .05. `no-sign`: it may, but does not show. */
  readonly verdict: 'worth-training' | 'no-sign';
  /** Of the permutation test of the user x prompt interaction. */
  readonly p: number;
  /** What prompts chosen from these answers would gain over the best fixed one, shrunk, at least 0; more answers find more. */
  readonly estimate: number;
  /**
   * The headroom of interactions drawn at random that such a look sees with probability .8, real ones can hide better; infinite
   * where the encoders tell no two users apart.
   */
  readonly detectable: number;
  /**
   * For each pattern its part of the estimate, the p-value of its own test, not corrected for their number, and what each of its
   * expressions is worth for everybody.
   */
  readonly patterns: readonly {
    readonly name: string;
    readonly p: number;
    readonly estimate: number;
    readonly expressions: readonly MainEffect[];
  }[];
  /** Calls made. */
  readonly calls: number;
  /** Those that failed, which say nothing. */
  readonly failed: number;
  /** Answers without a usable ranking, refusals among them. */
  readonly invalid: number;
  /** Prompt and answer tokens. */
  readonly tokens: number;
  /** Tasks with an answer. */
  readonly tasks: number;
}

/**
 * The cheap look: asks balanced random prompts, tests whether what they are worth depends on what is observed of users, and
 * estimates what that can gain. Wrong options and encoders are found out before the first call. Rejects with `RppError` (`TOO_FEW_ANSWERS`) where fewer than 20 calls are answered, with
 * `InvalidArgumentError` for options out of range, and with the reason of its signal.
 */
export async function lookForHeadroom(options: LookForHeadroomOptions): Promise<HeadroomLook> {
  const { tasks, space, encoders, random, permutations = 199, onPlan, signal } = options;
  assertPermutations(permutations);
  if (computeObservationSize(encoders) === 0) {
    throw new InvalidArgumentError('encoders', 'at least one that writes something', encoders);
  }
  const plan = planHeadroomLook(options);
  const source = createModelSource(options);
  onPlan?.(plan);
  signal?.throwIfAborted();
  const asked = [...new Set(plan.trials.map(({ task }) => task))];
  const contexts = asked.map((task) => ({ task: tasks[task]!.task, round: 0, rounds: 1 }));
  await prepareEncoders(encoders, contexts, signal === undefined ? {} : { signal });
  const { rewards, rankings, tokens } = await source.ask(plan.trials, signal === undefined ? {} : { signal });

  // Only tasks with an answer enter.
  const used = [...new Set(plan.trials.filter((_, trial) => !Number.isNaN(rewards[trial])).map(({ task }) => task))];
  const placeOf = new Map(used.map((task, place) => [task, place]));
  const judged = used.map((task) => tasks[task]!);
  const rows = plan.trials.flatMap(({ task, choice }, trial) =>
    Number.isNaN(rewards[trial]) ? [] : [{ task: placeOf.get(task)!, choice, reward: rewards[trial]! }],
  );
  if (rows.length < 20) {
    throw new RppError(
      'TOO_FEW_ANSWERS',
      `Expected at least 20 answers, received ${rows.length} to ${plan.calls} calls. Find out why calls fail, then look again.`,
    );
  }
  const test = testInteraction(
    { tasks: judged, rows },
    { space, encoders, random: random.split('test'), permutations },
  );

  const setup = createInteractionSetup(judged, rows, { space, encoders });
  const parts = estimateShrunkenHeadroom({ ...setup, random: random.split('estimate') });
  const { critical } = test;
  return {
    verdict: test.p <= 0.05 ? 'worth-training' : 'no-sign',
    p: test.p,
    estimate: parts.reduce((sum, part) => sum + part, 0),
    detectable: estimateDetectableHeadroom({ ...setup, critical, random: random.split('detectable') }),
    patterns: describePatterns(test, parts, listMainEffects(setup.residuals, space)),
    calls: plan.calls,
    failed: plan.calls - rows.length,
    invalid: rankings.reduce((sum, ranking) => sum + Number(ranking?.length === 0), 0),
    tokens: tokens.reduce((sum, count) => sum + count, 0),
    tasks: used.length,
  };
}

function describePatterns(
  { patterns }: InteractionTest,
  parts: Float64Array,
  effects: readonly (readonly MainEffect[])[],
): HeadroomLook['patterns'] {
  return patterns.map(({ name, p }, position) => ({
    name,
    p,
    estimate: parts[position]!,
    expressions: effects[position]!,
  }));
}

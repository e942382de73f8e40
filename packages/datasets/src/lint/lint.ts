import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import { groupInteractions } from '../user-sequences.ts';
import { indexTasks, type TasksByRole } from './index-tasks.ts';
import { indexTitles } from './index-titles.ts';
import { lintChecks } from './lint-checks.ts';
import type { LintFinding } from './lint-finding.ts';

export interface LintOptions {
  /** What the tasks were made from; without it nobody can see whose history a task shows and what its order means. */
  readonly dataset?: Dataset;
  /** Smallest mean difference that a comparison of two systems is to find, positive, in NDCG; no default: not checked. */
  readonly effect?: number;
  /** Standard deviation over users of the paired difference, positive; default .25 (measured: .2 to .3 for NDCG@10). */
  readonly standardDeviation?: number;
  /** Chance of finding the effect, above `significanceLevel` and below 1; default .8. */
  readonly power?: number;
  /** Two-sided level of the paired test that `power` is about, in (0, 1); default .05. */
  readonly significanceLevel?: number;
  /**
   * Level of the tests of candidate order, in (0, 1); default .001. Each role is tested, so a clean set is flagged by
   * chance about once in a thousand sets and role: keep it small.
   */
  readonly orderSignificanceLevel?: number;
  /** Whether titles are checked; default true. Turn it off where no answer is parsed by title. */
  readonly titles?: boolean;
}

/**
 * Faults of ranking tasks that would spoil a result, in the order of `lintChecks`; an empty array where nothing is found.
 * Linear in the size of tasks and data set. Groups are read once.
 *
 * Throws `InvalidArgumentError` for an unknown group, no task at all, and options out of range.
 */
export function lint(
  tasks: TasksByRole,
  {
    dataset,
    effect,
    standardDeviation = 0.25,
    power = 0.8,
    significanceLevel = 0.05,
    orderSignificanceLevel = 0.001,
    titles = true,
  }: LintOptions = {},
): LintFinding[] {
  assertPositive('effect', effect ?? 1);
  assertPositive('standardDeviation', standardDeviation);
  assertBetween('significanceLevel', significanceLevel, 0);
  assertBetween('orderSignificanceLevel', orderSignificanceLevel, 0);
  assertBetween('power', power, significanceLevel);
  const index = indexTasks(tasks, dataset?.log);
  const input = {
    ...index,
    dataset,
    // Unsorted and complete: checks ask what a user ever did.
    interactions: dataset && groupInteractions(dataset.log),
    effect,
    standardDeviation,
    power,
    significanceLevel,
    orderSignificanceLevel,
    titleIndex: titles ? indexTitles(index) : undefined,
  };
  return lintChecks.flatMap(({ code, severity, find }) =>
    find(input).map((evidence) => ({ code, severity, ...evidence })),
  );
}

function assertPositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError(name, 'a positive finite number', value);
  }
}

function assertBetween(name: string, value: number, lower: number): void {
  if (!(value > lower && value < 1)) throw new InvalidArgumentError(name, `a number above ${lower} and below 1`, value);
}

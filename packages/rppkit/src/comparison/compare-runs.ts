import { type Comparison, compare, type SystemValues } from '@rppkit/metrics/report';
import { UsageError } from '../usage-error.ts';
import { assertSameTasks } from './assert-same-tasks.ts';
import { listSettingDifferences, type RunDifference } from './list-differences.ts';
import { readComparedRun } from './read-compared-run.ts';

/** Metrics that runs can be compared in. */
export type ComparedMetric = 'ndcg@1' | 'ndcg@5' | 'ndcg@10';

/** Runs beside each other. Plain data. */
export interface RunComparison {
  readonly runs: readonly string[];
  readonly data: string;
  readonly seed: number;
  /** What is compared: settings in which the runs differ, with a value for each run. */
  readonly differences: readonly RunDifference[];
  /** RPP of each run and its best fixed prompt; equal values of best fixed prompts are one system. */
  readonly comparison: Comparison;
}

/** Two systems a run, and letters for 25. */
const mostRuns = 12;

/**
 * Compares RPP and the best fixed prompts of 2 to 12 runs on the same tasks: paired t tests by user, corrected by Holm over all
 * pairs, with 95 % intervals. Users whom a system has no answer for are left out of all. Throws `UsageError` for runs that are
 * named twice, were not evaluated, or have other tasks, and names what differs.
 */
export function compareRuns(root: string, names: readonly string[], metric: ComparedMetric): RunComparison {
  if (names.length < 2 || names.length > mostRuns || new Set(names).size < names.length) {
    throw new UsageError(
      `Expected 2 to ${mostRuns} different runs, received ${names.length === 0 ? 'none' : names.join(', ')}. Name them one after the other.`,
    );
  }
  const runs = names.map((name) => readComparedRun(root, name));
  assertSameTasks(runs);
  const systems: Record<string, SystemValues> = {};
  const fixed = new Map<string, { readonly values: SystemValues; readonly runs: string[] }>();
  for (const { name, systems: own, config } of runs) {
    systems[`${config.plus === undefined ? 'RPP' : 'RPP+'}: ${name}`] = own.get('rpp')!;
    const values = own.get('best-fixed')!;
    const key = JSON.stringify(values);
    const same = fixed.get(key) ?? { values, runs: [] };
    same.runs.push(name);
    fixed.set(key, same);
  }
  for (const one of fixed.values()) systems[`best fixed: ${one.runs.join(', ')}`] = one.values;
  const comparison = compare(systems, { metrics: [metric], users: 'intersection', maximumLeftOut: 1 });
  assertFewLost(comparison, Math.max(...runs.map(({ config }) => config.allowedLoss)));
  const [first] = runs;
  return {
    runs: names,
    data: first!.manifest.data.name,
    seed: first!.config.seed,
    differences: listSettingDifferences(runs),
    comparison,
  };
}

function assertFewLost({ users, leftOut }: Comparison, allowedLoss: number): void {
  if (leftOut <= allowedLoss * (users + leftOut)) return;
  throw new UsageError(
    `Expected answers for all but ${100 * allowedLoss} % of the users in every run, received ${leftOut} of ${users + leftOut} users without one. Ask again for what is missing with "rppkit evaluate --run NAME".`,
  );
}

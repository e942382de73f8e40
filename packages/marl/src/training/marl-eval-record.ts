import { InvalidArgumentError } from '@rppkit/spec';

/** Values of each metric, one an evaluation episode, or a single one where the metric is a mean already. */
export type MarlEvalMetrics = Readonly<Record<string, readonly number[]>>;

/** What `marl-eval` keeps of one evaluation. */
export interface MarlEvalStep {
  /** Steps that training had taken when it was evaluated. */
  readonly stepCount: number;
  /** Seconds since the first evaluation; left out of the record where it is not given. */
  readonly elapsedTime?: number;
  readonly metrics: MarlEvalMetrics;
}

/** One training, evaluated as it went on. */
export interface MarlEvalRun {
  readonly environment: string;
  readonly task: string;
  readonly algorithm: string;
  /** Such as `seed_1`; differs among the runs of an algorithm on a task. */
  readonly run: string;
  /** In time order. */
  readonly steps: readonly MarlEvalStep[];
  /** Of the best policy of the run; the tool expects ten times as many episodes as at each step, or a single value. */
  readonly absoluteMetrics: MarlEvalMetrics;
}

/** One entry of a run: `step_count`, `elapsed_time` and metrics, or the metrics alone under `absolute_metrics`. */
export type MarlEvalEntry = Readonly<Record<string, number | readonly number[]>>;

/** environment → task → algorithm → run → `step_1`, `step_2`, …, `absolute_metrics`. */
export type MarlEvalRecord = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, MarlEvalRunEntries>>>>>>>
>;

/** The entries of a run, `absolute_metrics` last. */
export type MarlEvalRunEntries = Readonly<Record<string, MarlEvalEntry>>;

/**
 * Puts runs into the layout that the `marl-eval` tool reads: https://github.com/instadeepai/marl-eval, README, "Data
 * Structure for Raw Experiment data"; for Gorsane et al.: "Towards a standardised performance evaluation protocol for
 * cooperative MARL", NeurIPS 2022. `elapsed_time` stands where the tool's own logger writes it. The tool takes the last
 * entry of a run for the absolute metrics, finds names in lower case only, and wants, in each environment, the same
 * algorithms, tasks, number of runs and number of steps; what is missing here it reports by itself.
 *
 * Throws `InvalidArgumentError` for a run that is there twice or has no steps, step counts that fall, metrics that are
 * empty, not finite or named as the tool's own fields, and steps or absolute metrics with other metrics than the first.
 */
export function createMarlEvalRecord(runs: readonly MarlEvalRun[]): MarlEvalRecord {
  const record: Record<string, Record<string, Record<string, Record<string, MarlEvalRunEntries>>>> = {};
  for (const { environment, task, algorithm, run, steps, absoluteMetrics } of runs) {
    const path = `${environment}, ${task}, ${algorithm}, ${run}`;
    const siblings = descend(descend(descend(record, environment), task), algorithm);
    if (Object.hasOwn(siblings, run)) throw new InvalidArgumentError('runs', 'runs with different names', path);
    siblings[run] = createEntries(path, steps, absoluteMetrics);
  }
  return record;
}

/** The record as a JSON text, to be saved as a file that `marl-eval` reads. */
export function renderMarlEvalJson(record: MarlEvalRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** The part of that name, made where it is missing. */
function descend<Part extends object>(whole: Record<string, Part>, name: string): Part {
  if (!Object.hasOwn(whole, name)) whole[name] = {} as Part;
  return whole[name]!;
}

function createEntries(
  path: string,
  steps: readonly MarlEvalStep[],
  absoluteMetrics: MarlEvalMetrics,
): MarlEvalRunEntries {
  if (steps.length === 0) throw new InvalidArgumentError(`steps of ${path}`, 'at least one', 0);
  const names = Object.keys(steps[0]!.metrics);
  const entries: Record<string, MarlEvalEntry> = {};
  let previous = 0;
  for (const [index, { stepCount, elapsedTime, metrics }] of steps.entries()) {
    const at = `step ${index + 1} of ${path}`;
    if (!(Number.isSafeInteger(stepCount) && stepCount >= previous))
      throw new InvalidArgumentError(`stepCount in ${at}`, `an integer of at least ${previous}`, stepCount);
    previous = stepCount;
    if (elapsedTime !== undefined && !(Number.isFinite(elapsedTime) && elapsedTime >= 0))
      throw new InvalidArgumentError(`elapsedTime in ${at}`, 'finite and at least 0', elapsedTime);
    assertMetrics(at, metrics, names);
    entries[`step_${index + 1}`] = {
      step_count: stepCount,
      ...(elapsedTime === undefined ? {} : { elapsed_time: elapsedTime }),
      ...metrics,
    };
  }
  assertMetrics(`absolute metrics of ${path}`, absoluteMetrics, names);
  return { ...entries, absolute_metrics: { ...absoluteMetrics } };
}

function assertMetrics(at: string, metrics: MarlEvalMetrics, names: readonly string[]): void {
  const received = Object.keys(metrics);
  if (names.length !== received.length || names.some((name) => metrics[name] === undefined))
    throw new InvalidArgumentError(`metrics in ${at}`, `named ${names.join(', ')}`, received.join(', '));
  for (const [name, values] of Object.entries(metrics)) {
    // The tool looks for this text anywhere in a name.
    if (name.includes('step_count') || name === 'elapsed_time')
      throw new InvalidArgumentError(`metrics in ${at}`, 'named unlike step_count and elapsed_time', name);
    if (values.length === 0) throw new InvalidArgumentError(`${name} in ${at}`, 'at least one value', values);
    const foreign = values.find((value) => !Number.isFinite(value));
    if (foreign !== undefined) throw new InvalidArgumentError(`${name} in ${at}`, 'finite', foreign);
  }
}

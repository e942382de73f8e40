import type { Bench, BenchContext, BenchOutcome, Json } from './bench.ts';
import { isFullProtocol } from './bench.ts';
import {
  type CommittedResult,
  computeInputHash,
  findResultFaults,
  measureFullProtocol,
  renderFullCommand,
} from './committed-result.ts';
import { renderTable } from './render-table.ts';
import type { SeedJournal } from './seed-journal.ts';
import { judgeFigures, type Target, type Verdict } from './targets.ts';
import { parseCommand, UsageError } from './usage.ts';

/** What the command touches; tests pass their own. */
export interface BenchHost {
  readonly names: readonly string[];
  load(name: string): Promise<Bench>;
  readTargets(): readonly Target[];
  /** Needs of targets that this machine meets. */
  detectNeeds(): Promise<ReadonlySet<string>>;
  readResult(name: string): CommittedResult | undefined;
  writeResult(result: CommittedResult): void;
  readonly journal: SeedJournal;
  /** Changes with the program that is measured. */
  readonly sourceHash: () => string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
  readonly print: (line: string) => void;
  readonly log: (line: string) => void;
}

/** Runs `pnpm bench` and returns its exit code: 0, 1 for a miss or a bench that failed, 2 for wrong usage. */
export async function runCommand(argv: readonly string[], host: BenchHost): Promise<number> {
  try {
    const { mode, name } = parseCommand(argv, host.names);
    const names = name === undefined ? host.names : [name];
    const context: BenchContext = { mode, log: host.log };
    if (mode === 'check') return await checkBenches(names, name === undefined, context, host);
    for (const one of names) await runBench(await host.load(one), context, host);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    host.log(error.message);
    return 2;
  }
}

async function runBench(bench: Bench, context: BenchContext, host: BenchHost): Promise<void> {
  const started = host.clock();
  const outcome: BenchOutcome & { readonly records?: Readonly<Record<string, Json>>; readonly seconds?: number } =
    isFullProtocol(bench) ? await measureFullProtocol(bench, context, host) : await bench.run(context);
  const seconds = outcome.seconds ?? (host.clock() - started) / 1000;
  const durationSeconds = Math.round(seconds * 10) / 10;
  if (context.mode === 'full') {
    host.writeResult({
      bench: bench.name,
      purpose: bench.purpose,
      command: renderFullCommand(bench.name),
      versions: host.versions,
      machine: host.machine,
      durationSeconds,
      ...(isFullProtocol(bench) ? { inputHash: await computeInputHash(bench) } : {}),
      ...(outcome.records === undefined ? {} : { records: outcome.records }),
      figures: outcome.figures,
      table: outcome.table,
      ...(outcome.note === undefined ? {} : { note: outcome.note }),
    });
    host.journal.clear(bench.name);
  }
  host.print(`${bench.name} (${context.mode}): ${bench.purpose}`);
  host.print(`${host.machine}; ${durationSeconds} s`);
  host.print(renderTable(outcome.table));
  if (outcome.note !== undefined) host.print(`\n${outcome.note}`);
}

async function checkBenches(
  names: readonly string[],
  all: boolean,
  context: BenchContext,
  host: BenchHost,
): Promise<number> {
  const targets = host.readTargets();
  const needs = await host.detectNeeds();
  const started = host.clock();
  const verdicts: Verdict[] = [];
  for (const name of names) verdicts.push(...(await checkBench(await host.load(name), targets, needs, context, host)));
  if (all) {
    for (const { bench, figure } of targets.filter((target) => !names.includes(target.bench))) {
      verdicts.push({ line: `${bench} ${figure}: FAILED, there is no such bench`, failed: true });
    }
  }
  for (const { line } of verdicts) host.print(line);
  const failed = verdicts.filter((verdict) => verdict.failed).length;
  const seconds = Math.round((host.clock() - started) / 1000);
  host.print(
    `${verdicts.length - failed} of ${verdicts.length} hold, ${failed} do not; ${seconds} s on ${host.machine}`,
  );
  return failed === 0 ? 0 : 1;
}

async function checkBench(
  bench: Bench,
  targets: readonly Target[],
  needs: ReadonlySet<string>,
  context: BenchContext,
  host: BenchHost,
): Promise<readonly Verdict[]> {
  const own = targets.filter((target) => target.bench === bench.name);
  if (own.length > 0 && own.every((target) => target.needs !== undefined && !needs.has(target.needs))) {
    return judgeFigures(bench.name, {}, targets, needs);
  }
  if (!isFullProtocol(bench)) {
    return judgeFigures(bench.name, (await bench.run(context)).figures, targets, needs);
  }
  const committed = host.readResult(bench.name);
  const faults = await findResultFaults(bench, committed, context);
  const broken = faults.map((fault): Verdict => ({ line: `${bench.name}: FAILED, ${fault}`, failed: true }));
  return [...broken, ...(committed === undefined ? [] : judgeFigures(bench.name, committed.figures, targets, needs))];
}

import { createHash } from 'node:crypto';
import type { BenchContext, BenchOutcome, Figures, FullProtocolBench, Json, Table } from './bench.ts';
import type { JournaledSeed, SeedJournal } from './seed-journal.ts';

/** What `results/NAME.json` holds. */
export interface CommittedResult {
  readonly bench: string;
  readonly purpose: string;
  /** The command that made it. */
  readonly command: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Such as `linux x64, 2 cores, 8 GiB`. */
  readonly machine: string;
  readonly durationSeconds: number;
  /** Of a full-protocol bench. */
  readonly inputHash?: string;
  /** Of a full-protocol bench: seed → record. */
  readonly records?: Readonly<Record<string, Json>>;
  readonly figures: Figures;
  readonly table: Table;
  readonly note?: string;
}

/** The command that writes the committed result of a bench. */
export function renderFullCommand(name: string): string {
  return `pnpm bench ${name} --full`;
}

/** SHA-256 over the seeds and inputs of a bench, in hexadecimal. */
export async function computeInputHash(bench: FullProtocolBench): Promise<string> {
  const content = JSON.stringify(sortKeys({ seeds: bench.seeds, inputs: await bench.inputs() }));
  return createHash('sha256').update(content).digest('hex');
}

/**
 * All seeds of a full-protocol bench. A full run keeps each seed in the journal as soon as it is measured, and takes those that
 * a stopped run of the same program left there.
 */
export async function measureFullProtocol(
  bench: FullProtocolBench,
  context: BenchContext,
  { journal, sourceHash, versions, clock }: SeedKeeping,
): Promise<BenchOutcome & { readonly records: Readonly<Record<string, Json>>; readonly seconds: number }> {
  const full = context.mode === 'full';
  const seeds = context.mode === 'quick' ? [bench.checkSeed] : bench.seeds;
  const sources = full ? sourceHash() : '';
  const key = full ? `${await computeInputHash(bench)} ${sources} ${JSON.stringify(versions)}` : '';
  const kept = new Map(full ? journal.read(bench.name, key).map((line) => [line.seed, line]) : []);
  const records: Record<string, Json> = {};
  let seconds = 0;
  for (const seed of seeds) {
    context.log(`${bench.name}: seed ${seed}${kept.has(seed) ? ', measured before this run' : ''}`);
    const line = kept.get(seed) ?? (await measure(seed));
    records[seed] = line.record;
    seconds += line.seconds;
  }
  return { records, seconds, ...bench.summarize(records) };

  async function measure(seed: number): Promise<JournaledSeed> {
    const started = clock();
    const record = toPlainJson(await bench.measureSeed(seed, context));
    const line = { seed, record, seconds: (clock() - started) / 1000 };
    if (!full) return line;
    // Processes of a seed load the sources again.
    if (sourceHash() !== sources) {
      throw new Error(`Expected sources that stay as they are while ${bench.name} is measured; run it once more.`);
    }
    journal.append(bench.name, key, line);
    return line;
  }
}

/** Where and for which program the seeds of a full run are kept. */
export interface SeedKeeping {
  readonly journal: SeedJournal;
  readonly sourceHash: () => string;
  readonly versions: Readonly<Record<string, string>>;
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
}

/**
 * Reasons why a committed result must not be judged: another command or other inputs, a seed that now gives something
 * else, figures that do not follow from the records. Empty: the result stands.
 */
export async function findResultFaults(
  bench: FullProtocolBench,
  committed: CommittedResult | undefined,
  context: BenchContext,
): Promise<readonly string[]> {
  const command = renderFullCommand(bench.name);
  if (committed === undefined) return [`there is no committed result; run ${command}`];
  const faults: string[] = [];
  if (committed.command !== command)
    faults.push(`the committed result was made by ${committed.command}, not by ${command}`);
  if (committed.inputHash !== (await computeInputHash(bench)))
    faults.push(`its inputs have changed since; run ${command}`);
  const records = committed.records ?? {};
  const missing = bench.seeds.filter((seed) => records[seed] === undefined);
  if (missing.length > 0) faults.push(`seeds ${missing.join(', ')} are missing from the committed result`);
  // Without the same inputs a different record says nothing new, and costs time.
  if (faults.length > 0) return faults;
  const again = toPlainJson(await bench.measureSeed(bench.checkSeed, context));
  if (!isEqual(again, records[bench.checkSeed]))
    faults.push(`seed ${bench.checkSeed} gives another record now than the committed one`);
  if (!isEqual(bench.summarize(records).figures, committed.figures))
    faults.push('the committed figures do not follow from its records');
  return faults;
}

function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(sortKeys(left)) === JSON.stringify(sortKeys(right));
}

/** The value as a file would give it back, so that -0 and typed arrays cannot make equal records differ. */
function toPlainJson(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}

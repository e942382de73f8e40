/** `quick`: shows that a bench works. `check`: what targets are judged on. `full`: the committed result. */
export type BenchMode = 'quick' | 'check' | 'full';

/** Measured numbers by name; each needs a bound in `targets.json`. */
export type Figures = Readonly<Record<string, number>>;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface BenchOutcome {
  readonly table: Table;
  readonly figures: Figures;
  /** How the table is to be read, one paragraph; printed below it. */
  readonly note?: string;
}

export interface BenchContext {
  readonly mode: BenchMode;
  /** Progress; goes to standard error, because the table is the last thing on standard output. */
  readonly log: (line: string) => void;
}

/** A bench that is cheap enough to run whole whenever it is checked. */
export interface DirectBench {
  readonly name: string;
  /** One sentence. */
  readonly purpose: string;
  run(context: BenchContext): Promise<BenchOutcome>;
}

/** JSON data. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A bench whose full protocol costs too much for a check. A check measures `checkSeed` again, requires it equal to that
 * seed in the committed result, and judges the figures of that result.
 */
export interface FullProtocolBench {
  readonly name: string;
  readonly purpose: string;
  readonly protocol: 'full';
  readonly seeds: readonly number[];
  /** One of `seeds`. */
  readonly checkSeed: number;
  /** Everything besides the seed that determines a record: settings, checksums of data. Its hash is committed. */
  readonly inputs: () => Promise<Json>;
  /** What one seed gives, free of times; equal on every run. In mode `quick` a smaller measurement. */
  measureSeed(seed: number, context: BenchContext): Promise<Json>;
  /** Figures and table of the records of all seeds (in mode `quick`: of the check seed alone). */
  summarize(records: Readonly<Record<string, Json>>): BenchOutcome;
}

export type Bench = DirectBench | FullProtocolBench;

/** Declares a bench; every file under `speed`, `learning`, `quality` and `faults` exports one as `default`. */
export function defineBench<Kind extends Bench>(bench: Kind): Kind {
  return bench;
}

/** Whether the bench is checked against its committed result. */
export function isFullProtocol(bench: Bench): bench is FullProtocolBench {
  return 'protocol' in bench;
}

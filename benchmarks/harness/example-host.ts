import type { Bench, BenchOutcome } from './bench.ts';
import type { CommittedResult } from './committed-result.ts';
import type { BenchHost } from './run-command.ts';
import type { SeedJournal } from './seed-journal.ts';
import type { Target } from './targets.ts';

/** A host in memory for tests: `printed`, `logged` and `results` show what a command did. */
export interface ExampleHost extends BenchHost {
  readonly printed: readonly string[];
  readonly logged: readonly string[];
  readonly results: Map<string, CommittedResult>;
}

/** Keeps nothing. */
const forgetful: SeedJournal = { read: () => [], append: () => undefined, clear: () => undefined };

/** Benches, targets and met needs as given; the clock advances 1.5 s at each reading. */
export function createExampleHost(options: {
  readonly benches: readonly Bench[];
  readonly targets?: readonly Target[];
  readonly needs?: readonly string[];
  readonly results?: readonly CommittedResult[];
  readonly journal?: SeedJournal;
  readonly sourceHash?: () => string;
}): ExampleHost {
  const { benches, targets = [], needs = [], results = [], journal = forgetful, sourceHash = () => 'abc' } = options;
  const printed: string[] = [];
  const logged: string[] = [];
  const stored = new Map(results.map((result) => [result.bench, result]));
  let time = 0;
  return {
    printed,
    logged,
    results: stored,
    names: benches.map(({ name }) => name),
    load: async (name) => benches.find((bench) => bench.name === name)!,
    readTargets: () => targets,
    detectNeeds: async () => new Set(needs),
    readResult: (name) => stored.get(name),
    writeResult: (result) => void stored.set(result.bench, result),
    journal,
    sourceHash,
    machine: 'test machine',
    versions: { node: '20.0.0' },
    clock: () => {
      time += 1500;
      return time;
    },
    print: (line) => void printed.push(line),
    log: (line) => void logged.push(line),
  };
}

/** An outcome whose table repeats its figures. */
export function createExampleOutcome(figures: Readonly<Record<string, number>>): BenchOutcome {
  return { figures, table: { columns: ['figure', 'value'], rows: Object.entries(figures) } };
}

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';
import { chromiumPath } from './chromium-path.ts';
import type { CommittedResult } from './committed-result.ts';
import { loadNativeBackend } from './load-native-backend.ts';
import type { BenchHost } from './run-command.ts';
import { computeSourceHash, createSeedJournal } from './seed-journal.ts';
import { parseTargets } from './targets.ts';
import { UsageError } from './usage.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const groups = ['speed', 'learning', 'quality', 'faults'];

/** What a target may need of the machine, and how that is found out. */
const needs: Readonly<Record<string, () => Promise<boolean>>> = {
  chromium: async () => existsSync(chromiumPath),
  RPPKIT_DATA: async () => existsSync(process.env.RPPKIT_DATA ?? ''),
  'tfjs-node': async () =>
    loadNativeBackend().then(
      () => true,
      () => false,
    ),
};

/** The benches, targets and results of this folder, on this machine. */
export function createLocalHost(): BenchHost {
  return {
    names: listBenches(),
    load: loadBench,
    readTargets: () => parseTargets(readJson(join(folder, 'targets.json')), Object.keys(needs)),
    detectNeeds,
    readResult: (name) => {
      const path = resultPath(name);
      return existsSync(path) ? (readJson(path) as CommittedResult) : undefined;
    },
    writeResult: (result) => {
      const path = resultPath(result.bench);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`);
    },
    journal: createSeedJournal(join(folder, 'unfinished')),
    sourceHash: () => computeSourceHash(join(folder, '..')),
    machine: describeMachine(),
    versions: readVersions(),
    clock: () => performance.now(),
    print: (line) => void process.stdout.write(`${line}\n`),
    log: (line) => void process.stderr.write(`${line}\n`),
  };
}

/** Bench files by name, such as `speed/env`. */
function listBenches(): readonly string[] {
  return groups
    .filter((group) => existsSync(join(folder, group)))
    .flatMap((group) => readdirSync(join(folder, group)).map((file) => `${group}/${file}`))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.slice(0, -'.ts'.length))
    .sort();
}

async function loadBench(name: string): Promise<Bench> {
  const module = (await import(`../${name}.ts`)) as { readonly default?: Bench };
  if (module.default?.name !== name) {
    throw new UsageError(
      `Expected ${name}.ts to export a bench of that name as default, received ${module.default?.name}.`,
    );
  }
  return module.default;
}

async function detectNeeds(): Promise<ReadonlySet<string>> {
  const present = new Set<string>();
  for (const [need, detect] of Object.entries(needs)) if (await detect()) present.add(need);
  return present;
}

function describeMachine(): string {
  return `${process.platform} ${process.arch}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

/** Node and the packages that the benches use, as installed. */
function readVersions(): Readonly<Record<string, string>> {
  const manifest = readJson(join(folder, 'package.json')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const versions: Record<string, string> = { node: process.versions.node };
  for (const name of Object.keys(manifest.dependencies).sort()) {
    const installed = readJson(join(folder, 'node_modules', name, 'package.json')) as { readonly version: string };
    versions[name] = installed.version;
  }
  return versions;
}

function resultPath(name: string): string {
  return join(folder, 'results', `${name}.json`);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json } from './bench.ts';

/** One measured seed of a run that may not have ended. */
export interface JournaledSeed {
  readonly seed: number;
  readonly record: Json;
  readonly seconds: number;
}

/** Keeps the seeds that a full run has measured, so that one that was stopped goes on with the next. */
export interface SeedJournal {
  /** What a run of the same key left. */
  read(bench: string, key: string): readonly JournaledSeed[];
  append(bench: string, key: string, seed: JournaledSeed): void;
  /** Forgets a run that has ended. */
  clear(bench: string): void;
}

type JournalLine = JournaledSeed & { readonly key: string };

/** A journal of one file a bench, a line a seed. A line that was cut off, alone or with the one after it, is left out. */
export function createSeedJournal(folder: string): SeedJournal {
  const pathOf = (bench: string): string => join(folder, `${bench}.jsonl`);
  return {
    read(bench, key) {
      if (!existsSync(pathOf(bench))) return [];
      return readFileSync(pathOf(bench), 'utf8')
        .split('\n')
        .flatMap(parseLine)
        .filter((line) => line.key === key)
        .map(({ seed, record, seconds }) => ({ seed, record, seconds }));
    },
    append(bench, key, seed) {
      mkdirSync(dirname(pathOf(bench)), { recursive: true });
      appendFileSync(pathOf(bench), `${JSON.stringify({ key, ...seed })}\n`);
    },
    clear: (bench) => rmSync(pathOf(bench), { force: true }),
  };
}

function parseLine(line: string): readonly JournalLine[] {
  try {
    return [JSON.parse(line) as JournalLine];
  } catch {
    return [];
  }
}

/** SHA-256 over all TypeScript and JSON files below the folders, in hexadecimal: another one, another program. */
export function computeSourceHash(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => !/[\\/](node_modules|dist|results)[\\/]/.test(path))
      .sort();
    for (const file of files) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

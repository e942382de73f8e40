import { createHash } from 'node:crypto';
import { appendFileSync, type Dirent, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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

/** A journal of one file a bench, a line a seed. A line that was cut off is left out. */
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
      // The line break in front ends a line that was cut off.
      appendFileSync(pathOf(bench), `\n${JSON.stringify({ key, ...seed })}\n`);
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

/** Folders whose files are made, not written. */
const madeFolders: ReadonlySet<string> = new Set(['node_modules', 'dist', 'coverage', 'results', 'unfinished']);

/**
 * SHA-256 over the TypeScript and JSON files of a folder and of the folders in it, in hexadecimal: another one, another
 * program. Hidden files, and what is made of sources, do not count.
 */
export function computeSourceHash(folder: string): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true }).sort(byName)) {
      const own = join(path, entry.name);
      if (entry.name.startsWith('.') || madeFolders.has(entry.name)) continue;
      if (entry.isDirectory()) visit(own);
      else if (/\.(ts|json|yaml)$/.test(entry.name)) hash.update(own).update(readFileSync(join(folder, own)));
    }
  };
  visit('');
  return hash.digest('hex');
}

const byName = (left: Dirent, right: Dirent): number => (left.name < right.name ? -1 : 1);

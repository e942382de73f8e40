import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FinishReason, InvalidReason, Item } from '@rppkit/spec';

/** What a case's answer means. `order` holds candidate indices, best first. */
export type ParserExpectation =
  | {
      readonly kind: 'complete' | 'partial';
      readonly order: readonly number[];
      /** Default 0. */
      readonly repeated?: number;
      /** Default none. */
      readonly foreign?: readonly string[];
      /** Default 0. */
      readonly approximate?: number;
    }
  | { readonly kind: 'invalid'; readonly reason: InvalidReason };

/** One model output of the corpus, with what it was asked and what it means. */
export interface ParserCase {
  /** `split/group/name`. */
  readonly name: string;
  readonly group: string;
  readonly candidates: readonly Item[];
  readonly answer: 'titles' | 'indices' | 'schema';
  readonly firstIndex: 0 | 1;
  readonly finishReason: FinishReason;
  /** Whether a careful person would read a ranking from it. */
  readonly recoverable: boolean;
  readonly expect: ParserExpectation;
  readonly text: string;
}

/**
 * Reads the cases of a corpus of model outputs, sorted by name. `folder` holds `candidates/SET.json` (titles) and a folder
 * for each split, with files `GROUP/NAME.txt`: a JSON header (`candidates` names the set; `answer`, `firstIndex`,
 * `finishReason`, `recoverable`, `expect`), a line `=====`, and the output as it came, up to the file's last line break.
 */
export function readParserCorpus(folder: string, split: string): ParserCase[] {
  const sets = new Map<string, readonly Item[]>();
  const directory = join(folder, split);
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.txt'))
    .sort()
    .map((path) => {
      const file = readFileSync(join(directory, path), 'utf8');
      const line = '\n=====\n';
      const at = file.indexOf(line);
      const header = JSON.parse(file.slice(0, at));
      const { candidates: set, answer, firstIndex = 1, finishReason = 'stop', recoverable, expect } = header;
      if (!sets.has(set)) sets.set(set, readCandidates(folder, set));
      const text = file.slice(at + line.length).replace(/\n$/, '');
      return {
        name: `${split}/${path.slice(0, -'.txt'.length)}`,
        group: path.split('/')[0]!,
        candidates: sets.get(set)!,
        answer,
        firstIndex,
        finishReason,
        recoverable,
        expect,
        text,
      };
    });
}

function readCandidates(folder: string, set: string): Item[] {
  const titles: string[] = JSON.parse(readFileSync(join(folder, 'candidates', `${set}.json`), 'utf8'));
  return titles.map((title, position) => ({ id: `${set}-${position}`, title }));
}

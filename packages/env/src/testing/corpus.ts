import { readdirSync, readFileSync } from 'node:fs';
import type { FinishReason, InvalidReason, Item, ParsedRanking } from '@rppkit/spec';

/** The part of the corpus that the parser was written with, and the part that it was not. */
export type CorpusSplit = 'development' | 'test';

/** What a case's answer means. `order` holds candidate indices, best first. */
export type CorpusExpectation =
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
export interface CorpusCase {
  /** `split/group/name`. */
  readonly name: string;
  readonly group: string;
  readonly candidates: readonly Item[];
  readonly answer: 'titles' | 'indices' | 'schema';
  readonly firstIndex: 0 | 1;
  readonly finishReason: FinishReason;
  /** Whether a careful person would read a ranking from it. */
  readonly recoverable: boolean;
  readonly expect: CorpusExpectation;
  readonly text: string;
}

const root = new URL('../../corpus/', import.meta.url);

/** Reads all cases of a split, sorted by name. */
export function readCorpus(split: CorpusSplit): CorpusCase[] {
  const sets = new Map<string, readonly Item[]>();
  const directory = new URL(`${split}/`, root);
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.txt'))
    .sort()
    .map((path) => {
      const file = readFileSync(new URL(path, directory), 'utf8');
      const line = '\n=====\n';
      const at = file.indexOf(line);
      const header = JSON.parse(file.slice(0, at));
      const { candidates: set, answer, firstIndex = 1, finishReason = 'stop', recoverable, expect } = header;
      if (!sets.has(set)) sets.set(set, readCandidates(set));
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

function readCandidates(set: string): Item[] {
  const titles: string[] = JSON.parse(readFileSync(new URL(`candidates/${set}.json`, root), 'utf8'));
  return titles.map((title, position) => ({ id: `${set}-${position}`, title }));
}

/** How well a parser reads a corpus. */
export interface CorpusFigures {
  readonly cases: number;
  /** Candidates in the orders read. */
  readonly matched: number;
  /** Of these, the ones that the expectation holds, in the expected order relative to the others. */
  readonly correct: number;
  /** Cases from which a careful person would read a ranking. */
  readonly recoverable: number;
  /** Of these, the ones whose order was read exactly. */
  readonly recovered: number;
  /** Cases of which everything is as expected. */
  readonly exact: number;
}

/** Counts over cases and what a parser made of them, position by position. */
export function computeCorpusFigures(cases: readonly CorpusCase[], parsed: readonly ParsedRanking[]): CorpusFigures {
  let [matched, correct, recoverable, recovered, exact] = [0, 0, 0, 0, 0];
  cases.forEach((corpusCase, at) => {
    const { expect } = corpusCase;
    const order = parsed[at]!.kind === 'invalid' ? [] : [...parsed[at]!.order];
    const expected = expect.kind === 'invalid' ? [] : expect.order;
    matched += order.length;
    correct += computeCommonOrder(order, expected);
    if (corpusCase.recoverable) {
      recoverable++;
      if (order.join() === expected.join()) recovered++;
    }
    if (isAsExpected(corpusCase, parsed[at]!)) exact++;
  });
  return { cases: cases.length, matched, correct, recoverable, recovered, exact };
}

/** Whether kind, order, counts and texts are all as expected. */
export function isAsExpected({ expect }: CorpusCase, parsed: ParsedRanking): boolean {
  if (expect.kind === 'invalid' || parsed.kind === 'invalid') {
    return expect.kind === 'invalid' && parsed.kind === 'invalid' && expect.reason === parsed.reason;
  }
  return (
    expect.kind === parsed.kind &&
    expect.order.join() === parsed.order.join() &&
    (expect.repeated ?? 0) === parsed.repeated &&
    (expect.approximate ?? 0) === parsed.approximate &&
    JSON.stringify(expect.foreign ?? []) === JSON.stringify(parsed.foreign)
  );
}

/** Length of the longest sequence that both orders hold. */
function computeCommonOrder(order: readonly number[], expected: readonly number[]): number {
  const positions = order.map((candidate) => expected.indexOf(candidate)).filter((position) => position >= 0);
  const lengths: number[] = [];
  positions.forEach((position, at) => {
    lengths.push(1 + Math.max(0, ...lengths.filter((_, before) => positions[before]! < position && before < at)));
  });
  return Math.max(0, ...lengths);
}

import type { ParsedRanking } from '@rppkit/spec';
import type { ParserCase } from './parser-corpus.ts';

/** How well a parser reads a corpus. */
export interface ParserFigures {
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
export function computeParserFigures(cases: readonly ParserCase[], parsed: readonly ParsedRanking[]): ParserFigures {
  let [matched, correct, recoverable, recovered, exact] = [0, 0, 0, 0, 0];
  cases.forEach((parserCase, at) => {
    const { expect } = parserCase;
    const order = parsed[at]!.kind === 'invalid' ? [] : [...parsed[at]!.order];
    const expected = expect.kind === 'invalid' ? [] : expect.order;
    matched += order.length;
    correct += computeCommonOrder(order, expected);
    if (parserCase.recoverable) {
      recoverable++;
      if (order.join() === expected.join()) recovered++;
    }
    if (isAsExpected(parserCase, parsed[at]!)) exact++;
  });
  return { cases: cases.length, matched, correct, recoverable, recovered, exact };
}

/** Whether kind, order, counts and texts are all as expected. */
export function isAsExpected({ expect }: ParserCase, parsed: ParsedRanking): boolean {
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

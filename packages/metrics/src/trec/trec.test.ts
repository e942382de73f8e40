import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../index.ts';
import {
  parseTrecQrels,
  parseTrecRun,
  qrelsToRelevance,
  rankingsToRun,
  renderTrecQrels,
  renderTrecRun,
  runToRankings,
  TrecFormatError,
} from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

/** A `TrecFormatError` of this line and message. */
const misformatted = (line: number, message: RegExp) =>
  expect.objectContaining({ code: 'TREC_FORMAT', line, message: expect.stringMatching(message) });

const qrels = `301 0 FBIS3-10082 1
301 0 FBIS3-10169 0
301	0	FBIS3-10243 2\r

302 0 constructor 1
302 0 __proto__ -2
`;

const run = `301 Q0 FBIS3-10169 9 0.5 ours
301 Q0 FBIS3-10082 1 5e-1 ours
301 Q0 FBIS3-99999 1 -1 ours
302 Q0 __proto__ 0 2. ours
302 Q0 constructor 0 +.25 ours`;

/** The line of the error that a call throws. */
function findLine(call: () => unknown): number | undefined {
  try {
    call();
  } catch (error) {
    return TrecFormatError.isInstance(error) ? error.line : undefined;
  }
  return undefined;
}

describe('qrels', () => {
  test('are read, and negative judgements gain nothing', () => {
    const parsed = parseTrecQrels(`\uFEFF${qrels}`);
    expect(Object.keys(parsed)).toEqual(['301', '302']);
    expect({ ...parsed['301'] }).toEqual({ 'FBIS3-10082': 1, 'FBIS3-10169': 0, 'FBIS3-10243': 2 });
    expect(Object.entries(parsed['302']!)).toEqual([
      ['constructor', 1],
      ['__proto__', -2],
    ]);
    expect(Object.entries(qrelsToRelevance(parsed)['302']!)).toEqual([
      ['constructor', 1],
      ['__proto__', 0],
    ]);
  });

  test('are written', () => {
    expect(renderTrecQrels({ 7: { b: 2, a: -1 } })).toBe('7 0 b 2\n7 0 a -1\n');
    expect(() => renderTrecQrels({ 7: { b: 0.5 } })).toThrow(invalid(/relevance to be an integer, received 0.5/));
    expect(() => renderTrecQrels({ 7: { 'b c': 1 } })).toThrow(invalid(/document to be a text without white space/));
    expect(() => renderTrecQrels({ '': { b: 1 } })).toThrow(invalid(/topic to be a text without white space/));
  });

  test('are refused as gains where they are no numbers', () => {
    for (const grade of [Number.NaN, Number.POSITIVE_INFINITY, null, '1']) {
      expect(() => qrelsToRelevance({ q: { a: grade as number } })).toThrow(
        invalid(/Expected qrels\["q"\]\["a"\] to be a finite number, received/),
      );
    }
  });

  test('name the line of an error', () => {
    expect(() => parseTrecQrels('1 0 a 1\n\n1 0 b\n')).toThrow(
      misformatted(3, /^Expected line 3 to hold 4 columns \(TOPIC ITERATION DOCUMENT RELEVANCE\), received "1 0 b"\.$/),
    );
    expect(findLine(() => parseTrecQrels('1 0 a 1\n1 0 b 0.5\n'))).toBe(2);
    expect(findLine(() => parseTrecQrels('1 0 a NaN'))).toBe(1);
    expect(findLine(() => parseTrecQrels('1 0 a 1\n2 0 a 1\n1 0 a 1'))).toBe(3);
    expect(findLine(() => parseTrecQrels(' \n'))).toBe(1);
    expect(TrecFormatError.isInstance(new Error('x'))).toBe(false);
  });
});

describe('runs', () => {
  test('are read by score, equal ones by falling document name, whatever the rank column says', () => {
    const parsed = parseTrecRun(run);
    expect(parsed.tag).toBe('ours');
    expect({ ...parsed.scores['301'] }).toEqual({ 'FBIS3-10169': 0.5, 'FBIS3-10082': 0.5, 'FBIS3-99999': -1 });
    expect(runToRankings(parsed)['301']).toEqual(['FBIS3-10169', 'FBIS3-10082', 'FBIS3-99999']);
    expect(runToRankings(parsed)['302']).toEqual(['__proto__', 'constructor']);
  });

  test('go into evaluate as lists or as scores with a tie rule', () => {
    const relevance = qrelsToRelevance(parseTrecQrels(qrels));
    const parsed = parseTrecRun(run);
    expect(evaluate(runToRankings(parsed), relevance, ['mrr@5']).perUser['mrr@5']).toEqual(Float64Array.of(0.5, 0.5));
    expect(evaluate(parsed.scores, relevance, ['mrr@5']).perUser['mrr@5']).toEqual(Float64Array.of(0.75, 0.5));
  });

  test('are written in ranked order', () => {
    const scores = { q: { a: 1, b: 1, c: 1.5 } };
    expect(renderTrecRun({ tag: 't', scores })).toBe('q Q0 c 1 1.5 t\nq Q0 b 2 1 t\nq Q0 a 3 1 t\n');
    expect(renderTrecRun(rankingsToRun({ q: ['a', 'b'] }, 't'))).toBe('q Q0 a 1 2 t\nq Q0 b 2 1 t\n');
    expect(() => renderTrecRun({ tag: 'a b', scores })).toThrow(invalid(/tag to be a text without white space/));
    expect(() => renderTrecRun({ tag: 't', scores: { 'q 1': {} } })).toThrow(invalid(/topic/));
    expect(() => renderTrecRun({ tag: 't', scores: { q: { '': 1 } } })).toThrow(invalid(/document/));
    expect(() => renderTrecRun({ tag: 't', scores: { q: { a: Number.NaN } } })).toThrow(
      invalid(/scores\["q"\]\["a"\]/),
    );
    expect(renderTrecRun({ tag: 't', scores: { q: { a: 1 }, empty: {} } })).toBe('q Q0 a 1 1 t\n');
    for (const tag of ['', 'a b']) {
      expect(() => rankingsToRun({ q: ['a'] }, tag)).toThrow(
        invalid(/tag to be a text without white space, not empty/),
      );
    }
    expect(() => rankingsToRun({ q: ['a', 'a'] }, 't')).toThrow(
      invalid(/rankings\["q"\] to be without repeated items/),
    );
  });

  test('name the line of an error', () => {
    expect(() => parseTrecRun('1 Q0 a 1 2.0 t\n1 Q0 b 2 1.0')).toThrow(
      misformatted(2, /Expected line 2 to hold 6 columns/),
    );
    for (const score of ['NaN', 'Infinity', '1e999', '0x10', '-', '1,5']) {
      expect(findLine(() => parseTrecRun(`1 Q0 a 1 2 t\n1 Q0 b 2 ${score} t`))).toBe(2);
    }
    expect(() => parseTrecRun('1 Q0 a 1 2 t\n1 Q0 a 2 1 t')).toThrow(
      misformatted(2, /line 2 to hold a document that topic 1 does not/),
    );
    expect(() => parseTrecRun('1 Q0 a 1 2 t\n1 Q0 b 2 1 u')).toThrow(
      misformatted(2, /line 2 to hold the TAG t.* Keep one run in a file/),
    );
    expect(findLine(() => parseTrecRun(''))).toBe(1);
  });
});

test('what is written is read back', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'B', '1', 'é', '-'), minLength: 1, maxLength: 4 });
  const judged = fc.dictionary(name, fc.dictionary(name, fc.integer({ min: -2, max: 4 }), { minKeys: 1 }), {
    minKeys: 1,
  });
  fc.assert(
    fc.property(judged, (topics) => {
      expect(parseTrecQrels(renderTrecQrels(topics))).toEqual(topics);
    }),
  );
  const score = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const scored = fc.dictionary(name, fc.dictionary(name, score, { minKeys: 1 }), { minKeys: 1 });
  fc.assert(
    fc.property(scored, name, (scores, tag) => {
      expect(parseTrecRun(renderTrecRun({ tag, scores }))).toEqual({ tag, scores });
    }),
  );
  const lists = fc.dictionary(name, fc.uniqueArray(name, { minLength: 1 }), { minKeys: 1 });
  fc.assert(
    fc.property(lists, (rankings) => {
      expect(runToRankings(parseTrecRun(renderTrecRun(rankingsToRun(rankings, 't'))))).toEqual(rankings);
    }),
  );
});

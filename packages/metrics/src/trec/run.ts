import { InvalidArgumentError } from '@rppkit/spec';
import { describePlace } from '../keyed-values.ts';
import { TrecFormatError } from './trec-format-error.ts';
import { assertColumn, createRecord, splitTrecLines } from './trec-lines.ts';

/** What one system retrieved. */
export interface TrecRun {
  /** Name of the system. */
  readonly tag: string;
  /** Topic → document → score, higher is better. As rankings for `evaluate`, equal scores count as its `ties` says. */
  readonly scores: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const decimal = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/**
 * Reads the text of a run file: lines of `TOPIC Q0 DOCUMENT RANK SCORE TAG`. As in trec_eval the order is that of the
 * scores: the second and the rank column are not used. Throws `TrecFormatError` with the line for a wrong number of
 * columns, a score that is no finite number, a document retrieved twice for a topic, or a second tag.
 */
export function parseTrecRun(text: string): TrecRun {
  const scores = createRecord<Record<string, number>>();
  const lines = splitTrecLines(text, ['TOPIC', 'Q0', 'DOCUMENT', 'RANK', 'SCORE', 'TAG']);
  const tag = lines[0]!.columns[5]!;
  for (const { number, columns } of lines) {
    const [topic, , document, , score, ownTag] = columns as [string, string, string, string, string, string];
    if (!decimal.test(score) || !Number.isFinite(Number(score))) {
      throw new TrecFormatError(number, 'a finite number as SCORE', score);
    }
    if (ownTag !== tag) throw new TrecFormatError(number, `the TAG ${tag}`, ownTag, 'Keep one run in a file.');
    scores[topic] ??= createRecord<number>();
    if (Object.hasOwn(scores[topic], document)) {
      throw new TrecFormatError(number, `a document that topic ${topic} does not have before`, document);
    }
    scores[topic][document] = Number(score);
  }
  return { tag, scores };
}

/**
 * Writes a run as the text of a run file, each topic in the order of `runToRankings`, ranks from 1. A topic without
 * documents has no line, so that it is absent when the text is read back: evaluate it with `unrankedUsers: 'empty'`.
 * Throws `InvalidArgumentError` for names with white space and for a score that is not finite.
 */
export function renderTrecRun({ tag, scores }: TrecRun): string {
  assertColumn('tag', tag);
  const lines: string[] = [];
  for (const [topic, documents] of Object.entries(runToRankings({ tag, scores }))) {
    assertColumn('topic', topic);
    documents.forEach((document, position) => {
      assertColumn('document', document);
      lines.push(`${topic} Q0 ${document} ${position + 1} ${scores[topic]![document]} ${tag}\n`);
    });
  }
  return lines.join('');
}

/**
 * Ranked lists for `evaluate` in the order that trec_eval uses: falling score, and among equal scores falling document
 * name, compared by UTF-16 code units (trec_eval compares bytes, which is the same for names in ASCII, and scores in
 * single precision). Pass `run.scores` itself to `evaluate` for its own rules of ties.
 * Throws `InvalidArgumentError` for a score that is not finite.
 */
export function runToRankings({ scores }: TrecRun): Readonly<Record<string, readonly string[]>> {
  const rankings = createRecord<readonly string[]>();
  for (const [topic, documents] of Object.entries(scores)) {
    for (const [document, score] of Object.entries(documents)) {
      if (!Number.isFinite(score)) {
        throw new InvalidArgumentError(describePlace('scores', topic, document), 'a finite number', score);
      }
    }
    rankings[topic] = Object.keys(documents).sort((a, b) => documents[b]! - documents[a]! || (a < b ? 1 : -1));
  }
  return rankings;
}

/**
 * A run from ranked lists: the item at rank r of n gets the score n - r + 1, so that the order survives.
 * Throws `InvalidArgumentError` for an item that stands twice in a list, and for a tag that is empty or holds white space.
 */
export function rankingsToRun(rankings: Readonly<Record<string, readonly string[]>>, tag: string): TrecRun {
  assertColumn('tag', tag);
  const scores = createRecord<Record<string, number>>();
  for (const [topic, documents] of Object.entries(rankings)) {
    const topicScores = createRecord<number>();
    documents.forEach((document, position) => {
      if (Object.hasOwn(topicScores, document)) {
        throw new InvalidArgumentError(describePlace('rankings', topic), 'without repeated items', document);
      }
      topicScores[document] = documents.length - position;
    });
    scores[topic] = topicScores;
  }
  return { tag, scores };
}

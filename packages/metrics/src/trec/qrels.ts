import { InvalidArgumentError } from '@rppkit/spec';
import { describePlace } from '../keyed-values.ts';
import { TrecFormatError } from './trec-format-error.ts';
import { assertColumn, createRecord, splitTrecLines } from './trec-lines.ts';

/** Judgements of a qrels file: topic → document → relevance, an integer; below 0 for documents of no interest. */
export type TrecQrels = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * Reads the text of a qrels file: lines of `TOPIC ITERATION DOCUMENT RELEVANCE`. The iteration is not used, as in
 * trec_eval. Throws `TrecFormatError` with the line for a wrong number of columns, a relevance that is no integer, or a
 * document judged twice for a topic.
 */
export function parseTrecQrels(text: string): TrecQrels {
  const qrels = createRecord<Record<string, number>>();
  for (const { number, columns } of splitTrecLines(text, ['TOPIC', 'ITERATION', 'DOCUMENT', 'RELEVANCE'])) {
    const [topic, , document, relevance] = columns as [string, string, string, string];
    if (!/^[+-]?[0-9]{1,9}$/.test(relevance)) throw new TrecFormatError(number, 'an integer as RELEVANCE', relevance);
    qrels[topic] ??= createRecord<number>();
    if (Object.hasOwn(qrels[topic], document)) {
      throw new TrecFormatError(number, `a document that topic ${topic} does not have before`, document);
    }
    qrels[topic][document] = Number(relevance);
  }
  return qrels;
}

/**
 * Writes judgements as the text of a qrels file, with 0 as iteration. Throws `InvalidArgumentError` for names with white
 * space and for a relevance that is no integer.
 */
export function renderTrecQrels(qrels: TrecQrels): string {
  const lines: string[] = [];
  for (const [topic, documents] of Object.entries(qrels)) {
    assertColumn('topic', topic);
    for (const [document, relevance] of Object.entries(documents)) {
      assertColumn('document', document);
      if (!Number.isInteger(relevance)) throw new InvalidArgumentError('relevance', 'an integer', relevance);
      lines.push(`${topic} 0 ${document} ${relevance}\n`);
    }
  }
  return lines.join('');
}

/**
 * Gains for `evaluate`, topic → document → gain: the relevance, with those below 0 as 0, which is how trec_eval scores
 * them. Throws `InvalidArgumentError` for a relevance that is no finite number.
 */
export function qrelsToRelevance(qrels: TrecQrels): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const relevance = createRecord<Record<string, number>>();
  for (const [topic, documents] of Object.entries(qrels)) {
    relevance[topic] = createRecord<number>();
    for (const [document, grade] of Object.entries(documents)) {
      if (!Number.isFinite(grade)) {
        throw new InvalidArgumentError(describePlace('qrels', topic, document), 'a finite number', grade);
      }
      relevance[topic][document] = Math.max(0, grade);
    }
  }
  return relevance;
}

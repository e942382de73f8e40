import type { AnswerFormat } from '@rppkit/patterns';
import type { FinishReason, InvalidReason, Item, ParsedRanking, RankedAnswer } from '@rppkit/spec';
import { readIndexChains } from './read-indices.ts';
import { type ListEntry, readTitleLists } from './read-titles.ts';
import { createTitleIndex } from './title-index.ts';

export interface ParseOptions {
  /** In the order in which the prompt listed them. */
  readonly candidates: readonly Item[];
  /** What the prompt asked for; that reading is tried first, the other one after it. */
  readonly answer: AnswerFormat;
  /** Tells an answer that was cut off from one without a list. Default 'stop'. */
  readonly finishReason?: FinishReason;
}

const refusal = /\b(?:I(?:['’]m| am) sorry|I (?:cannot|can['’]t|am unable|won['’]t)|unable to (?:rank|help|assist))/i;

/**
 * Reads a ranking of the candidates from a model's answer. Thinking blocks are skipped; of several lists the last
 * complete one counts, else the one that names most candidates. Never throws, never names a candidate twice, never adds
 * one that the answer does not name.
 */
export function parseRanking(text: string, { candidates, answer, finishReason = 'stop' }: ParseOptions): ParsedRanking {
  const invalid = (reason: InvalidReason): ParsedRanking => ({ kind: 'invalid', reason, raw: text });
  const thoughtEnd = text.lastIndexOf('</think>');
  const body = thoughtEnd < 0 ? text : text.slice(thoughtEnd + '</think>'.length);
  const count = candidates.length;
  const readers = {
    titles: () => readTitleLists(body, { titles: createTitleIndex(candidates), count }),
    indices: () => readIndexChains(body, { count }),
  };
  const strategies: readonly AnswerFormat[] = answer === 'titles' ? ['titles', 'indices'] : ['indices', 'titles'];
  // A list inside an unfinished thought is not an answer.
  if (!/<think>/.test(body)) {
    for (const strategy of strategies) {
      const ranked = selectList(readers[strategy](), count);
      if (ranked !== undefined) return { ...ranked, strategy };
    }
  }
  if (finishReason === 'content-filter') return invalid('content-filter');
  if (finishReason === 'length') return invalid('truncated');
  if (body.trim() === '') return invalid('empty');
  return invalid(refusal.test(body) ? 'refusal' : 'no-list');
}

function selectList(lists: readonly ListEntry[][], count: number): Omit<RankedAnswer, 'strategy'> | undefined {
  let best: Omit<RankedAnswer, 'strategy'> | undefined;
  for (const list of lists) {
    const ranked = rankEntries(list, count);
    // Later lists win against equal ones.
    if (ranked.order.length > 0 && (best === undefined || ranked.order.length >= best.order.length)) best = ranked;
  }
  return best;
}

function rankEntries(entries: readonly ListEntry[], count: number): Omit<RankedAnswer, 'strategy'> {
  const seen = new Uint8Array(count);
  const order: number[] = [];
  const foreign: string[] = [];
  let repeated = 0;
  for (const { text, index } of entries) {
    if (index === undefined) foreign.push(text);
    else if (seen[index] === 1) repeated++;
    else {
      seen[index] = 1;
      order.push(index);
    }
  }
  const missing: number[] = [];
  for (let index = 0; index < count; index++) if (seen[index] === 0) missing.push(index);
  return {
    kind: missing.length === 0 ? 'complete' : 'partial',
    order: Int32Array.from(order),
    missing: Int32Array.from(missing),
    repeated,
    foreign,
  };
}

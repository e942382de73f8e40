import {
  chineseHistoryHeading,
  chineseInContext,
  chineseRecencyFocus,
  chineseSimilarUsers,
} from './chinese-expressions.ts';
import {
  englishHistoryHeading,
  englishInContext,
  englishRecencyFocus,
  englishSimilarUsers,
} from './english-expressions.ts';
import type { HistoryWording } from './history-wording.ts';

/**
 * How a history pattern shows what the user did. `sequential`: in order; `recency-focused`: with the most recent item named
 * once more; `in-context`: the most recent item as the right answer to what came before it; `similar-users`: with examples of
 * other people, which the tasks have to hold (`TaskWithExamples`).
 */
export type HistoryKind = 'sequential' | 'recency-focused' | 'in-context' | 'similar-users';

export const historyKinds: readonly HistoryKind[] = ['sequential', 'recency-focused', 'in-context', 'similar-users'];

interface KindWording {
  readonly wording: HistoryWording;
  /** Follows the perspective of the window. */
  readonly note: string;
  /** Stands in front of the id of the window. */
  readonly prefix: string;
}

/** The words of each kind by language. */
export const historyWordings: Readonly<Record<'en' | 'zh', Readonly<Record<HistoryKind, KindWording>>>> = {
  en: {
    sequential: { wording: { template: englishHistoryHeading }, note: '', prefix: '' },
    'recency-focused': {
      wording: englishRecencyFocus,
      note: ', the most recent named again',
      prefix: 'recency-focused-',
    },
    'in-context': {
      wording: englishInContext,
      note: ', the most recent as a worked example',
      prefix: 'in-context-',
    },
    'similar-users': {
      wording: englishSimilarUsers,
      note: ', with examples of similar people',
      prefix: 'similar-users-',
    },
  },
  zh: {
    sequential: { wording: { template: chineseHistoryHeading }, note: '', prefix: '' },
    'recency-focused': { wording: chineseRecencyFocus, note: '，并再次点出最近一项', prefix: 'recency-focused-' },
    'in-context': { wording: chineseInContext, note: '，以最近一项为示例答案', prefix: 'in-context-' },
    'similar-users': { wording: chineseSimilarUsers, note: '，附相似用户的示例', prefix: 'similar-users-' },
  },
};

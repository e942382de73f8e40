import { foldText, longestText } from './folded-text.ts';
import type { Guard, GuardOutcome } from './guard.ts';

const politeness =
  /\b(?:please|kindly|pls|be so kind as to|if you please|(?:could|can|would|will) you)\b|麻烦您?你?|劳驾|烦请|敬请|有劳|拜托|请/g;

/**
 * What two sentences have in common that are the same in all but case, signs, width, white space, characters that nobody sees
 * and politeness: their letters, digits and `#`.
 */
export function foldSentence(template: string): string {
  return foldText(template.slice(0, longestText))
    .replaceAll('您', '你')
    .replaceAll(politeness, ' ')
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}#{}|]+/gu, '');
}

/** Rejects as `unchanged` what is equal to its parent but for case, signs, white space and politeness. */
export function createDifferGuard(): Guard {
  return {
    name: 'differ',
    check({ parent, text }): GuardOutcome {
      if (foldSentence(text) !== foldSentence(parent.template)) return { status: 'passed' };
      return {
        status: 'rejected',
        reason: 'unchanged',
        detail:
          'Expected other words, received the sentence as it was, signs and politeness apart. Word it differently.',
      };
    },
  };
}

import type { Expression, Pattern } from '@rppkit/patterns';
import { foldSentence } from './differ.ts';
import { showText } from './folded-text.ts';
import type { Guard, GuardOutcome } from './guard.ts';

/**
 * Rejects as `duplicate` what another expression of the pattern says in the same words, retired ones among them, or what
 * stands below a history list already. Words are compared as in `differ`.
 */
export function createBeNewGuard(): Guard {
  const known = new WeakMap<Pattern, ReadonlyMap<string, readonly Expression[]>>();
  return {
    name: 'be-new',
    check({ pattern, parent, text }): GuardOutcome {
      let sentences = known.get(pattern);
      if (sentences === undefined) {
        sentences = listSentences(pattern);
        known.set(pattern, sentences);
      }
      const folded = foldSentence(text);
      // A history pattern words all its windows alike: the parent's own sentence is the business of `differ`.
      if (folded === foldSentence(parent.template)) return { status: 'passed' };
      const other = sentences.get(folded)?.[0];
      if (other === undefined) return { status: 'passed' };
      return {
        status: 'rejected',
        reason: 'duplicate',
        detail: `Expected a sentence that the pattern has not yet, received what its expression ${showText(other.id)} says. Word it differently.`,
      };
    },
  };
}

function listSentences({ expressions }: Pattern): ReadonlyMap<string, readonly Expression[]> {
  const sentences = new Map<string, Expression[]>();
  for (const expression of expressions) {
    const { template, closing, examples } = expression;
    for (const sentence of [template, closing, examples?.heading, examples?.template]) {
      if (sentence === undefined) continue;
      const folded = foldSentence(sentence);
      const same = sentences.get(folded);
      if (same === undefined) sentences.set(folded, [expression]);
      else same.push(expression);
    }
  }
  return sentences;
}

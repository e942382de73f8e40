import { InvalidArgumentError } from '@rppkit/spec';
import { readLanguage } from './domain.ts';
import { type HistoryKind, historyKinds, historyWordings } from './history-kinds.ts';
import { createPatternSpace, type PatternSpace } from './pattern-space.ts';

export interface RewordHistoryOptions {
  /** Kind 'similar-users' only: examples that a prompt shows, at least 1; default 3. */
  readonly examples?: number;
}

/**
 * The space with its history told in another kind: same windows and records, built-in words, so that a joint action of one
 * is a joint action of the other. Throws `InvalidArgumentError` for an unknown kind and for a language whose words are not
 * built in, and `PatternError` for a number of examples that is none.
 */
export function rewordHistory(
  space: PatternSpace,
  kind: HistoryKind,
  { examples }: RewordHistoryOptions = {},
): PatternSpace {
  if (!historyKinds.includes(kind)) {
    throw new InvalidArgumentError('kind', `one of ${historyKinds.map((known) => `'${known}'`).join(', ')}`, kind);
  }
  const language = readLanguage(space.domain.language);
  if (language === undefined) {
    throw new InvalidArgumentError(
      'space.domain.language',
      'English or simplified Chinese',
      space.domain.language,
      'Write history expressions of your own, with closing, heldOut or examples.',
    );
  }
  const { wording, note, prefix } = historyWordings[language][kind];
  const shown = wording.examples;
  return createPatternSpace({
    ...space,
    patterns: space.patterns.map((pattern) => {
      if (pattern.section !== 'history') return pattern;
      return {
        ...pattern,
        expressions: pattern.expressions.map(
          ({ closing: _closing, heldOut: _heldOut, examples: _examples, id, perspective, ...window }) => ({
            ...window,
            ...wording,
            ...(shown === undefined || examples === undefined ? {} : { examples: { ...shown, count: examples } }),
            id: prefix + id,
            perspective: perspective + note,
          }),
        ),
      };
    }),
  });
}

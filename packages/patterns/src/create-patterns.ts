import { InvalidArgumentError } from '@rppkit/spec';
import { chineseFormats, chineseReasonings, chineseReferenceFormats, chineseRoles } from './chinese-expressions.ts';
import { englishFormats, englishReasonings, englishReferenceFormats, englishRoles } from './english-expressions.ts';
import type { Expression } from './expression.ts';
import { type HistoryKind, historyKinds, historyWordings } from './history-kinds.ts';
import { definePattern, type HistoryRecords, type Pattern } from './pattern.ts';

/** Which preset, in which language, over which windows. */
export interface CreatePatternsOptions {
  /**
   * 'default': windows of the history, 6 roles, 9 reasonings, 5 formats, one of them JSON and one numbers. 'reference': the
   * action space of the paper's reference code: increments of the window, 5 roles, 9 reasonings, 5 numbered lists.
   */
  readonly preset?: 'default' | 'reference';
  /** English or simplified Chinese; default 'en'. The domain of the space has to be in the same language. */
  readonly language?: 'en' | 'zh';
  /** Preset 'default' only: the windows, each at least 1; default 2, 5, 10, 20, 40. */
  readonly windows?: readonly number[];
  /** Default 'sequential'. */
  readonly history?: HistoryKind;
  /** How the history is listed; preset 'reference' also takes `initialWindow` (the reference code has 5 for games). */
  readonly records?: HistoryRecords;
}

const sentences = {
  en: {
    roles: englishRoles,
    reasonings: englishReasonings,
    formats: englishFormats,
    referenceFormats: englishReferenceFormats,
    describeWindow: (window: number): string => (window === 1 ? 'the last item' : `the last ${window} items`),
    describeIncrement: (increment: number): string =>
      increment === 0 ? 'as many items as before' : `${increment} more ${increment === 1 ? 'item' : 'items'}`,
  },
  zh: {
    roles: chineseRoles,
    reasonings: chineseReasonings,
    formats: chineseFormats,
    referenceFormats: chineseReferenceFormats,
    describeWindow: (window: number): string => `最近 ${window} 项`,
    describeIncrement: (increment: number): string => (increment === 0 ? '与之前一样多' : `多 ${increment} 项`),
  },
};

/** Perspectives of the reference setting; the default preset adds the crowd. */
const referenceRoles: ReadonlySet<string> = new Set(['none', 'expert', 'recommender', 'interest-ranker', 'attention']);

/**
 * The four patterns of a preset. With its defaults `default` has 6 x 5 x 9 x 5 = 1,350 joint actions and `reference`
 * 5 x 3 x 9 x 5 = 675. Throws `InvalidArgumentError` for another preset, language or history, or windows of `reference`, and
 * `PatternError` for records or windows that cannot be used.
 */
export function createPatterns({
  preset = 'default',
  language = 'en',
  windows,
  history: kind = 'sequential',
  records,
}: CreatePatternsOptions = {}): readonly [role: Pattern, history: Pattern, reasoning: Pattern, format: Pattern] {
  assertOption('preset', preset, ['default', 'reference']);
  assertOption('language', language, ['en', 'zh']);
  assertOption('history', kind, historyKinds);
  const reference = preset === 'reference';
  if (reference && windows !== undefined) {
    throw new InvalidArgumentError('windows', 'absent for the preset reference', windows, 'Set records.initialWindow.');
  }
  if (windows !== undefined && !Array.isArray(windows)) {
    throw new InvalidArgumentError('windows', 'an array of window lengths', windows, 'Pass [5], for example.');
  }
  const { roles, reasonings, formats, referenceFormats, describeWindow, describeIncrement } = sentences[language];
  const { wording, note, prefix } = historyWordings[language][kind];
  const history = reference
    ? [0, 1, 2].map(
        (increment): Expression => ({
          id: `${prefix}add-${increment}`,
          perspective: describeIncrement(increment) + note,
          ...wording,
          increment,
        }),
      )
    : (windows ?? [2, 5, 10, 20, 40]).map(
        (window): Expression => ({
          id: `${prefix}last-${window}`,
          perspective: describeWindow(window) + note,
          ...wording,
          window,
        }),
      );
  return [
    definePattern({
      name: 'role',
      section: 'role',
      expressions: reference ? roles.filter(({ id }) => referenceRoles.has(id)) : roles,
    }),
    definePattern({
      name: 'history',
      section: 'history',
      expressions: history,
      ...(records === undefined ? {} : { records }),
    }),
    definePattern({ name: 'reasoning', section: 'reasoning', expressions: reasonings }),
    definePattern({ name: 'format', section: 'format', expressions: reference ? referenceFormats : formats }),
  ];
}

function assertOption(name: string, value: string, options: readonly string[]): void {
  if (!options.includes(value)) {
    throw new InvalidArgumentError(name, `one of ${options.map((option) => `'${option}'`).join(', ')}`, value);
  }
}

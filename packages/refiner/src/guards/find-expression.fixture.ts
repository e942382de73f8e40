import type { Expression, Pattern } from '@rppkit/patterns';
import type { GuardOutcome, RejectionReason, Rewrite } from './guard.ts';
import { listPresetPatterns } from './list-preset-patterns.ts';

const patterns = { en: listPresetPatterns('en'), zh: listPresetPatterns('zh') };

/** An expression of the presets with its pattern; `heading` is the first of the history. */
export function findExpression(
  language: 'en' | 'zh',
  id: string,
): { readonly pattern: Pattern; readonly parent: Expression } {
  for (const pattern of patterns[language]) {
    const parent =
      id === 'heading'
        ? pattern.expressions.find(() => pattern.section === 'history')
        : pattern.expressions.find((expression) => expression.id === id);
    if (parent !== undefined) return { pattern, parent };
  }
  throw new Error(`No expression ${id} in ${language}.`);
}

/** A rewrite of such an expression. */
export function createRewrite(
  language: 'en' | 'zh',
  id: string,
  text: string,
  context: readonly string[] = [],
): Rewrite {
  return { ...findExpression(language, id), text, language, context };
}

/** A rewrite of a sentence of one's own. */
export function createOwnRewrite(
  template: string,
  text: string,
  {
    language = 'en',
    section = 'reasoning',
    context = [],
  }: Partial<Pick<Rewrite, 'language' | 'context'>> & {
    readonly section?: Pattern['section'];
  } = {},
): Rewrite {
  const parent: Expression = {
    id: 'own',
    perspective: 'own',
    template,
    ...(section === 'format' ? { answer: 'titles' as const } : {}),
  };
  return { pattern: { name: section, section, expressions: [parent] }, parent, text, language, context };
}

/** The reason of a rejection, else the status. */
export function getFinding(outcome: GuardOutcome | Promise<GuardOutcome>): RejectionReason | GuardOutcome['status'] {
  if (outcome instanceof Promise) throw new Error('The guard does not answer at once.');
  return outcome.status === 'rejected' ? outcome.reason : outcome.status;
}

/** Hostile texts of about 200,000 characters. */
export const hostileTexts: readonly string[] = [
  'not '.repeat(50_000),
  '不'.repeat(200_000),
  '{'.repeat(200_000),
  '{count:'.repeat(30_000),
  '{{'.repeat(100_000),
  '\n'.repeat(200_000),
  '[a] > '.repeat(33_000),
  '"'.repeat(200_000),
  'ignore ignore the '.repeat(11_000),
  '除了'.repeat(100_000),
  'one two three '.repeat(14_000),
  '<'.repeat(200_000),
  ' '.repeat(200_000),
  '把第一个候选'.repeat(33_000),
  'leave it leave it '.repeat(11_000),
  '\u200b'.repeat(200_000),
  'ﷺ'.repeat(100_000),
];

import type { RandomStream } from '@rppkit/spec';
import type { SentenceKind } from './phrase-bank.ts';

/** What clauses are to become. */
export interface ClauseOptions {
  readonly kind: SentenceKind;
  readonly language: 'en' | 'zh';
  /** Whether the first clause is the core of the sentence. */
  readonly hasCore: boolean;
  /** Whether the lines of an example follow. */
  readonly example: boolean;
  readonly random: RandomStream;
}

/** Clauses of a phrase bank as one sentence, or as several in a row; in front of an example it ends with a colon. */
export function joinClauses(clauses: readonly string[], options: ClauseOptions): string {
  return options.language === 'zh' ? joinChinese(clauses, options) : joinEnglish(clauses, options);
}

function joinEnglish(clauses: readonly string[], { kind, hasCore, example, random }: ClauseOptions): string {
  const end = example ? ':' : '.';
  if (kind === 'role') return `You ${enumerate(clauses)}.`;
  const core = hasCore ? clauses[0] : undefined;
  const others = hasCore ? clauses.slice(1) : clauses;
  const coreLast = core !== undefined && others.length > 0 && comesLast(kind, example, random);
  const ordered = coreLast ? [...others, core] : clauses;
  const way = random.uniform();
  if (coreLast && way < 0.35) return `${capitalize(enumerate(others))}, then ${core}${end}`;
  if (way < 0.6 || example) return `${ordered.map(capitalize).join('. ')}${end}`;
  return `${capitalize(enumerate(ordered))}${end}`;
}

function joinChinese(clauses: readonly string[], { kind, hasCore, example, random }: ClauseOptions): string {
  const end = example ? '：' : '。';
  if (kind === 'role') return `你${clauses.join('，也')}。`;
  const please = random.uniform() < 0.75 ? '请' : '';
  const core = hasCore ? clauses[0] : undefined;
  const others = hasCore ? clauses.slice(1) : clauses;
  if (core === undefined || others.length === 0 || !comesLast(kind, example, random)) {
    return `${please}${clauses.join('，')}${end}`;
  }
  const link = kind === 'reasoning' ? ['再', '然后', '并据此'][random.integer(3)]! : '';
  return `${please}${others.join('，')}，${link}${core}${end}`;
}

/** The lines of an example follow the core; ways of ranking may be named before or behind it. */
function comesLast(kind: SentenceKind, example: boolean, random: RandomStream): boolean {
  return example || (kind === 'reasoning' && random.uniform() < 0.6);
}

function enumerate(clauses: readonly string[]): string {
  if (clauses.length === 1) return clauses[0]!;
  const comma = clauses.length > 2 || clauses.some((clause) => clause.includes(',')) ? ',' : '';
  return `${clauses.slice(0, -1).join(', ')}${comma} and ${clauses.at(-1)}`;
}

function capitalize(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

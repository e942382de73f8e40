import type { AnswerFormat, Expression } from './expression.ts';
import { PatternError } from './pattern-error.ts';
import { assertTemplate } from './template.ts';

/** The part of the prompt that a pattern fills. */
export type PatternSection = 'role' | 'history' | 'reasoning' | 'format';

/** One agent's action space: the expressions among which it chooses. Plain JSON data. */
export interface Pattern {
  /** The agent's name, unique within a space. */
  readonly name: string;
  readonly section: PatternSection;
  /** At least one. */
  readonly expressions: readonly Expression[];
}

const sections: ReadonlySet<string> = new Set<PatternSection>(['role', 'history', 'reasoning', 'format']);
const answers: ReadonlySet<string | undefined> = new Set<AnswerFormat>(['titles', 'indices']);

/** Checks a pattern and returns it. Throws `PatternError` naming the expression and slot that is wrong. */
export function definePattern(pattern: Pattern): Pattern {
  if (!sections.has(pattern.section)) {
    throw new PatternError(
      `Expected the section of pattern ${pattern.name} to be among ${[...sections].join(', ')}, received ${pattern.section}. Choose one of them.`,
    );
  }
  if (pattern.expressions.length === 0) {
    throw new PatternError(`Expected pattern ${pattern.name} to have expressions, received none. Add at least one.`);
  }
  const ids = new Set<string>();
  for (const expression of pattern.expressions) {
    const where = `expression ${expression.id} of pattern ${pattern.name}`;
    if (ids.has(expression.id))
      throw new PatternError(`Expected unique expression ids, received ${where} twice. Rename one.`);
    ids.add(expression.id);
    assertTemplate(expression.template, where);
    if (pattern.section === 'history' && !(Number.isInteger(expression.window) && expression.window! >= 1)) {
      throw new PatternError(
        `Expected ${where} to have a window of at least 1, received ${expression.window}. Set window.`,
      );
    }
    if (pattern.section === 'format' && !answers.has(expression.answer)) {
      throw new PatternError(
        `Expected ${where} to say how answers are read, received ${expression.answer}. Set answer to 'titles' or 'indices'.`,
      );
    }
  }
  return pattern;
}

import { InvalidArgumentError } from '@rppkit/spec';
import type { AnswerFormat, Expression } from './expression.ts';
import { assertHistoryWording, type HistoryWording, listTemplates } from './history-wording.ts';
import {
  assertFields,
  assertInteger,
  assertList,
  assertNames,
  assertOneOf,
  assertText,
  createShapeError,
  joinPath,
} from './json-shape.ts';
import { PatternError } from './pattern-error.ts';
import { parseTemplate } from './template.ts';

/** The part of the prompt that a pattern fills. */
export type PatternSection = 'role' | 'history' | 'reasoning' | 'format';

/** How a history pattern lists its records. Plain JSON data. */
export interface HistoryRecords {
  /** Default 'oldest-first'. */
  readonly order?: 'oldest-first' | 'recent-first';
  /** Names of the attributes shown after a title, in this order; default none. */
  readonly attributes?: readonly string[];
  /** Whether ratings are shown; default false. */
  readonly ratings?: boolean;
  /** Whether the time to the item above is shown, in whole UTC days, weeks, months or years; default false. */
  readonly timeGaps?: boolean;
  /** For expressions with increments: the window before the first round, at least 1; default 1. */
  readonly initialWindow?: number;
}

/** One agent's action space: the expressions among which it chooses. Plain JSON data. */
export interface Pattern {
  /** The agent's name, unique within a space. */
  readonly name: string;
  readonly section: PatternSection;
  /** At least one that is not retired. In a history pattern all have a window or all have an increment. */
  readonly expressions: readonly Expression[];
  /** History only. */
  readonly records?: HistoryRecords;
}

const sections: readonly PatternSection[] = ['role', 'history', 'reasoning', 'format'];
/** Fields that only the expressions of a section have. */
const ownFields: Readonly<Partial<Record<PatternSection, readonly string[]>>> = {
  history: ['window', 'increment', 'closing', 'heldOut', 'examples'],
  format: ['answer'],
};
const answers: readonly AnswerFormat[] = ['titles', 'indices', 'schema'];

/** Checks a pattern and returns it. Throws `PatternError` naming the expression and slot that is wrong. */
export function definePattern(pattern: Pattern): Pattern {
  assertPattern(pattern, '');
  return pattern;
}

/** The pattern with more expressions after its own. Throws `PatternError` as `definePattern` does. */
export function extendPattern(pattern: Pattern, expressions: readonly Expression[]): Pattern {
  if (!Array.isArray(expressions))
    throw new InvalidArgumentError('expressions', 'an array of expressions', expressions);
  return definePattern({ ...pattern, expressions: [...pattern.expressions, ...expressions] });
}

/** Asserts a pattern at a JSON path. */
export function assertPattern(value: unknown, path: string): asserts value is Pattern {
  const fields = assertFields(value, path, ['name', 'section', 'expressions', 'records']);
  const name = assertText(fields.name, joinPath(path, 'name'));
  assertOneOf(fields.section, joinPath(path, 'section'), sections);
  const section = fields.section as PatternSection;
  const listPath = joinPath(path, 'expressions');
  const expressions = assertList(fields.expressions, listPath);
  if (expressions.length === 0) throw createShapeError(listPath, 'a list with expressions', expressions);
  const ids = new Set<string>();
  expressions.forEach((value, index) => {
    const expressionPath = joinPath(listPath, index);
    const expression = assertExpression(value, expressionPath, { section, pattern: name });
    if (ids.has(expression.id)) {
      throw new PatternError(
        `Expected unique expression ids in pattern ${name}, received ${expression.id} twice, again at ${expressionPath}. Rename one.`,
      );
    }
    ids.add(expression.id);
  });
  if ((expressions as readonly Expression[]).every(({ retired }) => retired === true)) {
    throw createShapeError(listPath, 'a list with an expression that is not retired', expressions);
  }
  if (section === 'history') assertWindows(expressions as readonly Expression[], listPath);
  if (fields.records !== undefined) {
    if (section !== 'history') {
      throw createShapeError(
        joinPath(path, 'records'),
        'absent but in a pattern of the section history',
        fields.records,
      );
    }
    assertRecords(fields.records, joinPath(path, 'records'), expressions as readonly Expression[]);
  }
}

function assertExpression(
  value: unknown,
  path: string,
  { section, pattern }: { readonly section: PatternSection; readonly pattern: string },
): Expression {
  const own = ownFields[section] ?? [];
  const fields = assertFields(value, path, ['id', 'perspective', 'template', 'parent', 'neutral', 'retired', ...own]);
  const id = assertText(fields.id, joinPath(path, 'id'));
  assertText(fields.perspective, joinPath(path, 'perspective'), { blank: true });
  assertText(fields.template, joinPath(path, 'template'), { blank: true });
  if (section === 'history') assertHistoryWording(fields, path);
  for (const { field, text, slots } of listTemplates(value as HistoryWording)) {
    parseTemplate(text, { where: `${joinPath(path, field)} (expression ${id} of pattern ${pattern})`, slots });
  }
  if (fields.parent !== undefined) assertText(fields.parent, joinPath(path, 'parent'));
  for (const flag of ['neutral', 'retired']) {
    if (fields[flag] !== undefined) assertOneOf(fields[flag], joinPath(path, flag), [true]);
  }
  if (section === 'format') assertOneOf(fields.answer, joinPath(path, 'answer'), answers);
  return value as Expression;
}

/** Windows that mean themselves and windows that mean a step cannot be masked or compared with each other. */
function assertWindows(expressions: readonly Expression[], path: string): void {
  const increments = expressions.some(({ increment }) => increment !== undefined);
  expressions.forEach(({ window, increment }, index) => {
    const expressionPath = joinPath(path, index);
    if (increments) {
      if (window !== undefined) {
        throw createShapeError(joinPath(expressionPath, 'window'), 'absent beside increments', window);
      }
      assertInteger(increment, joinPath(expressionPath, 'increment'), 0);
    } else assertInteger(window, joinPath(expressionPath, 'window'), 1);
  });
}

function assertRecords(value: unknown, path: string, expressions: readonly Expression[]): void {
  const fields = assertFields(value, path, ['order', 'attributes', 'ratings', 'timeGaps', 'initialWindow']);
  const { order, attributes, ratings, timeGaps, initialWindow } = fields;
  if (order !== undefined) assertOneOf(order, joinPath(path, 'order'), ['oldest-first', 'recent-first']);
  if (attributes !== undefined) assertNames(attributes, joinPath(path, 'attributes'));
  if (ratings !== undefined) assertOneOf(ratings, joinPath(path, 'ratings'), [true, false]);
  if (timeGaps !== undefined) assertOneOf(timeGaps, joinPath(path, 'timeGaps'), [true, false]);
  if (initialWindow === undefined) return;
  assertInteger(initialWindow, joinPath(path, 'initialWindow'), 1);
  if (expressions[0]!.increment === undefined) {
    throw createShapeError(joinPath(path, 'initialWindow'), 'absent where expressions have windows', initialWindow);
  }
}

/** The records with their defaults; a field whose value is undefined counts as absent. */
export function resolveRecords({
  order = 'oldest-first',
  attributes = [],
  ratings = false,
  timeGaps = false,
  initialWindow = 1,
}: HistoryRecords = {}): Required<HistoryRecords> {
  return { order, attributes, ratings, timeGaps, initialWindow };
}

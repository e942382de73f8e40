import { assertFields, assertList, assertNames, assertOneOf, createShapeError, joinPath } from './json-shape.ts';
import type { Pattern, PatternSection } from './pattern.ts';

/** A section of the composed prompt. */
export type PromptSection = PatternSection | 'candidates';

/** How the sections of a prompt are put together. Plain JSON data. */
export interface Layout {
  /**
   * The sections in order, `candidates` among them; default role, history, candidates, reasoning, format. Sentences that
   * point at another section ("listed above") should still be true in another order.
   */
  readonly order?: readonly PromptSection[];
  /** Whether the role sentence is a system message of its own or part of the user message; default 'system'. */
  readonly roleMessage?: 'system' | 'user';
  /** The number of the first candidate; default 1. */
  readonly firstIndex?: 0 | 1;
  /** Names of the attributes shown after a candidate's title, in this order; default none. */
  readonly candidateAttributes?: readonly string[];
}

const sections: readonly PromptSection[] = ['role', 'history', 'candidates', 'reasoning', 'format'];

/** Asserts a layout at a JSON path, for these patterns. */
export function assertLayout(value: unknown, path: string, patterns: readonly Pattern[]): asserts value is Layout {
  const fields = assertFields(value, path, ['order', 'roleMessage', 'firstIndex', 'candidateAttributes']);
  if (fields.roleMessage !== undefined) {
    assertOneOf(fields.roleMessage, joinPath(path, 'roleMessage'), ['system', 'user']);
  }
  if (fields.firstIndex !== undefined) assertOneOf(fields.firstIndex, joinPath(path, 'firstIndex'), [0, 1]);
  if (fields.candidateAttributes !== undefined) {
    assertNames(fields.candidateAttributes, joinPath(path, 'candidateAttributes'));
  }
  if (fields.order !== undefined) assertOrder(fields.order, joinPath(path, 'order'), patterns, fields.roleMessage);
}

function assertOrder(value: unknown, path: string, patterns: readonly Pattern[], roleMessage: unknown): void {
  const order = assertList(value, path);
  order.forEach((section, index) => {
    assertOneOf(section, joinPath(path, index), sections);
    if (order.indexOf(section) < index)
      throw createShapeError(joinPath(path, index), 'a section not yet named', section);
  });
  for (const section of ['candidates', ...patterns.map((pattern) => pattern.section)]) {
    if (!order.includes(section)) throw createShapeError(path, `a list with the section ${section}`, order.join(', '));
  }
  if (roleMessage !== 'user' && order.indexOf('role') > 0) {
    throw createShapeError(
      path,
      "a list that begins with role, since a system message comes first (roleMessage: 'user' lets it stand elsewhere)",
      order.join(', '),
    );
  }
}

/** The layout with its defaults. */
export function resolveLayout({
  order = sections,
  roleMessage = 'system',
  firstIndex = 1,
  candidateAttributes = [],
}: Layout = {}): Required<Layout> {
  return { order, roleMessage, firstIndex, candidateAttributes };
}

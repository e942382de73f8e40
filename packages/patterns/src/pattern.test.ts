import { describe, expect, it } from 'vitest';
import { historyPattern, reasoningPattern } from './default-patterns.ts';
import { definePattern, extendPattern, type Pattern } from './pattern.ts';

const expression = { id: 'x', perspective: 'x', template: 'Rank {count} {itemsNoun}.' };
const history = { name: 'history', section: 'history' } as const;
const define = (pattern: unknown): Pattern => definePattern(pattern as Pattern);
const reasoning = (...expressions: unknown[]): unknown => ({ name: 'reasoning', section: 'reasoning', expressions });

describe('definePattern', () => {
  it('returns what it was given', () => {
    const pattern = {
      name: 'why',
      section: 'reasoning',
      expressions: [{ ...expression, parent: 'y', neutral: true }],
    } as const;
    expect(definePattern(pattern)).toBe(pattern);
    expect(definePattern({ ...pattern, tone: undefined } as Pattern).name).toBe('why');
  });

  it('names the bad slot and the slots there are', () => {
    expect(() => define(reasoning(expression, { ...expression, id: 'y', template: 'Rank {coutn}.' }))).toThrow(
      /slots of expressions\[1\]\.template \(expression y of pattern reasoning\) to be among \{count\}, \{historyCount\}.*received \{coutn\}/,
    );
    expect(() => define(reasoning({ ...expression, template: 'Rank {count items.' }))).toThrow('received {count.');
    // The slot is known: what is wrong are the braces in it.
    expect(() => define(reasoning({ ...expression, template: '{count:a {itemNoun}|# {itemsNoun}}' }))).toThrow(
      'closed by } with no brace in between, received {count.',
    );
  });

  it.each<[string, unknown, string]>([
    ['no object', 'text', 'Expected the whole value to be an object, received "text"'],
    ['an unknown field', { ...(reasoning(expression) as object), tone: 1 }, 'received tone. Correct its name'],
    [
      'a blank name',
      { ...(reasoning(expression) as object), name: ' ' },
      'Expected name to be a string that is not blank',
    ],
    [
      'an unknown section',
      { ...(reasoning(expression) as object), section: 'tone' },
      'Expected section to be one of "role", "history"',
    ],
    ['a missing name', { section: 'reasoning', expressions: [expression] }, 'received undefined. Add it.'],
    ['no expressions', reasoning(), 'Expected expressions to be a list with expressions'],
    [
      'expressions that are no list',
      { ...(reasoning() as object), expressions: {} },
      'Expected expressions to be an array',
    ],
    ['an id twice', reasoning(expression, expression), 'received x twice, again at expressions[1]'],
    [
      'no perspective',
      reasoning({ id: 'x', template: '' }),
      'expressions[0].perspective to be a string, received undefined',
    ],
    [
      'a template of another type',
      reasoning({ ...expression, template: 1 }),
      'expressions[0].template to be a string, received 1',
    ],
    ['a window outside history', reasoning({ ...expression, window: 1 }), 'received expressions[0].window'],
    ['an answer outside format', reasoning({ ...expression, answer: 'titles' }), 'received expressions[0].answer'],
    ['a parent that is no name', reasoning({ ...expression, parent: '' }), 'expressions[0].parent'],
    [
      'a mark other than true',
      reasoning({ ...expression, neutral: false }),
      'expressions[0].neutral to be one of true',
    ],
    [
      'no answer',
      { name: 'format', section: 'format', expressions: [expression] },
      'expressions[0].answer to be one of "titles", "indices", "schema"',
    ],
    [
      'records outside history',
      { ...(reasoning(expression) as object), records: 5 },
      'Expected records to be absent but in a pattern of the section history, received 5',
    ],
    [
      'no window',
      { ...history, expressions: [expression] },
      'expressions[0].window to be an integer of at least 1, received undefined',
    ],
    ['a window of 0', { ...history, expressions: [{ ...expression, window: 0 }] }, 'at least 1, received 0'],
    ['half an item', { ...history, expressions: [{ ...expression, window: 1.5 }] }, 'received 1.5'],
    [
      'a shrinking window',
      { ...history, expressions: [{ ...expression, increment: -1 }] },
      'increment to be an integer of at least 0',
    ],
    [
      'windows beside increments',
      {
        ...history,
        expressions: [
          { ...expression, window: 2 },
          { ...expression, id: 'y', increment: 0 },
        ],
      },
      'expressions[0].window to be absent beside increments',
    ],
    [
      'an expression without increment',
      {
        ...history,
        expressions: [
          { ...expression, increment: 0 },
          { ...expression, id: 'y' },
        ],
      },
      'expressions[1].increment',
    ],
  ])('refuses %s', (_, pattern, message) => {
    expect(() => define(pattern)).toThrow(message);
  });

  it.each<[unknown, string]>([
    [{ order: 'random' }, 'records.order to be one of "oldest-first", "recent-first", received "random"'],
    [{ attributes: 'genres' }, 'records.attributes to be an array'],
    [{ attributes: ['genres', 'genres'] }, 'records.attributes[1] to be a name not listed before it'],
    [{ ratings: 1 }, 'records.ratings to be one of true, false'],
    [{ timeGaps: 'yes' }, 'records.timeGaps'],
    [{ initialWindow: 5 }, 'records.initialWindow to be absent where expressions have windows'],
    [{ initialWindow: 0 }, 'records.initialWindow to be an integer of at least 1'],
    [{ window: 3 }, 'received records.window'],
  ])('refuses the records %j', (records, message) => {
    expect(() => define({ ...historyPattern, records })).toThrow(message);
  });
});

it('extendPattern adds expressions after its own, checked', () => {
  const extended = extendPattern(reasoningPattern, [{ id: 'mood', perspective: 'mood', template: 'Match my mood.' }]);
  expect(extended.expressions.map(({ id }) => id).slice(-2)).toEqual(['rank-then-refine', 'mood']);
  expect(reasoningPattern.expressions).toHaveLength(9);
  expect(() => extendPattern(reasoningPattern, [{ id: 'plain', perspective: '', template: '' }])).toThrow(
    'received plain twice',
  );
});

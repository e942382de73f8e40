import { describe, expect, it } from 'vitest';
import { computeActionMasks, legalizeJointAction } from './action-masks.ts';
import { createPatterns } from './create-patterns.ts';
import { defaultPatterns, referencePatterns } from './default-patterns.ts';
import { movies } from './domains.ts';
import { extendPattern } from './pattern.ts';
import { createPatternSpace } from './pattern-space.ts';

const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
const reference = createPatternSpace({ domain: movies, patterns: referencePatterns });
const withHistory = (length: number) => ({
  id: 't',
  user: 'u',
  history: Array.from({ length }, (_, index) => ({ item: { id: String(index), title: String(index) } })),
  candidates: [],
});

describe('computeActionMasks', () => {
  it.each([
    [0, [1, 0, 0, 0, 0]],
    [4, [1, 0, 0, 0, 0]],
    [5, [1, 1, 0, 0, 0]],
    [39, [1, 1, 1, 1, 0]],
    [40, [1, 1, 1, 1, 1]],
  ])('masks windows longer than a history of %i, never the smallest', (length, expected) => {
    const masks = computeActionMasks(space, withHistory(length));
    expect([...masks[1]!]).toEqual(expected);
    expect(masks[0]!.every((legal) => legal === 1)).toBe(true);
  });

  it.each([
    [undefined, 0, [1, 0, 0]],
    [undefined, 2, [1, 1, 0]],
    [1, 3, [1, 1, 1]],
    [4, 5, [1, 1, 0]],
    [9, 5, [1, 0, 0]],
  ])(
    'adds increments to the window %s of the round before, for a history of %i',
    (previousWindow, length, expected) => {
      const options = previousWindow === undefined ? {} : { previousWindow };
      expect([...computeActionMasks(reference, withHistory(length), options)[1]!]).toEqual(expected);
    },
  );

  it('refuses a previous window that is none', () => {
    expect(() => computeActionMasks(reference, withHistory(1), { previousWindow: 0 })).toThrow(
      'Expected previousWindow to be a positive integer, received 0',
    );
  });
});

describe('legalizeJointAction', () => {
  it('shortens an illegal window to the longest legal one and keeps the rest', () => {
    expect(legalizeJointAction(space, [3, 4, 2, 1], withHistory(12))).toEqual([3, 2, 2, 1]);
    expect(legalizeJointAction(space, [3, 4, 2, 1], withHistory(50))).toEqual([3, 4, 2, 1]);
    expect(legalizeJointAction(space, [0, 1, 0, 0], withHistory(0))).toEqual([0, 0, 0, 0]);
    expect(() => legalizeJointAction(space, [99, 0, 0, 0], withHistory(9))).toThrow('choice of pattern role');
  });

  it('finds the longest legal window wherever it stands', () => {
    const mixed = createPatternSpace({ domain: movies, patterns: createPatterns({ windows: [2, 10, 40, 5] }) });
    expect(legalizeJointAction(mixed, [0, 2, 0, 0], withHistory(12))).toEqual([0, 1, 0, 0]);
    expect(legalizeJointAction(mixed, [0, 2, 0, 0], withHistory(7))).toEqual([0, 3, 0, 0]);
  });

  it('keeps the words of the history where it can', () => {
    const [role, history, reasoning, format] = createPatterns({ windows: [2, 10] });
    const both = createPatternSpace({
      domain: movies,
      patterns: [
        role,
        extendPattern(history, createPatterns({ windows: [4, 9, 20], history: 'in-context' })[1].expressions),
        reasoning,
        format,
      ],
    });
    // Windows 2, 10 and, in context, 4, 9, 20.
    expect(legalizeJointAction(both, [0, 4, 0, 0], withHistory(15))).toEqual([0, 3, 0, 0]);
    expect(legalizeJointAction(both, [0, 4, 0, 0], withHistory(5))).toEqual([0, 2, 0, 0]);
    expect(legalizeJointAction(both, [0, 4, 0, 0], withHistory(3))).toEqual([0, 0, 0, 0]);
    expect(legalizeJointAction(both, [0, 1, 0, 0], withHistory(9))).toEqual([0, 0, 0, 0]);
  });

  it('does so from the window of the round before', () => {
    expect(legalizeJointAction(reference, [0, 2, 0, 0], withHistory(5), { previousWindow: 4 })).toEqual([0, 1, 0, 0]);
    expect(legalizeJointAction(reference, [0, 2, 0, 0], withHistory(5), { previousWindow: 3 })).toEqual([0, 2, 0, 0]);
    expect(legalizeJointAction(reference, [0, 2, 0, 0], withHistory(5), { previousWindow: 7 })).toEqual([0, 0, 0, 0]);
  });
});

describe('retired expressions', () => {
  const [role, history, reasoning, format] = createPatterns({ windows: [2, 5] });
  const first = reasoning.expressions[0]!;
  const template = 'Rank the {itemsNoun}.';
  const grown = createPatternSpace({
    domain: movies,
    patterns: [
      role,
      {
        ...history,
        expressions: [
          { ...history.expressions[0]!, retired: true },
          history.expressions[1]!,
          { ...history.expressions[0]!, id: 'last-2~1', parent: 'last-2', retired: true },
        ],
      },
      extendPattern(reasoning, [
        { id: 'plain~1', perspective: '', template, parent: first.id, retired: true },
        { id: 'plain~1~1', perspective: '', template, parent: 'plain~1', retired: true },
        { id: 'orphan', perspective: '', template, parent: 'of-another-space', retired: true },
      ]),
      format,
    ],
  });

  it('are illegal, and do not count as the smallest window', () => {
    const masks = computeActionMasks(grown, withHistory(1));
    expect([...masks[1]!]).toEqual([0, 1, 0]);
    expect([...masks[2]!]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
  });

  it('become what they were refined from, or else the first legal one', () => {
    const legalize = (choice: readonly number[]) => legalizeJointAction(grown, choice, withHistory(9));
    expect(legalize([1, 1, 10, 2])).toEqual([1, 1, 0, 2]);
    expect(legalize([1, 1, 11, 2])).toEqual([1, 1, 0, 2]);
    expect(legalize([1, 2, 3, 2])).toEqual([1, 1, 3, 2]);
  });

  it('must leave one that is not', () => {
    const expressions = reasoning.expressions.map((expression) => ({ ...expression, retired: true as const }));
    expect(() => extendPattern({ ...reasoning, expressions }, [])).toThrow(
      'expressions to be a list with an expression that is not retired',
    );
  });
});

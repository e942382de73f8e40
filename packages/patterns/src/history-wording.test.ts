import { describe, expect, it } from 'vitest';
import { type HistoryWording, isWordedAlike } from './history-wording.ts';
import { definePattern, type Pattern } from './pattern.ts';

const examples = { count: 2, heading: 'H', template: '{exampleHistory}' };
const full: HistoryWording = { template: 'T', closing: 'C {latestTitle}', heldOut: true, examples };

describe('isWordedAlike', () => {
  it('is true for the same words', () => {
    expect(isWordedAlike(full, { ...full, examples: { ...examples } })).toBe(true);
    expect(isWordedAlike({ template: 'T' }, { template: 'T' })).toBe(true);
  });

  it.each<[string, HistoryWording]>([
    ['template', { ...full, template: 'U' }],
    ['closing', { ...full, closing: 'D' }],
    ['item held out', { template: 'T', closing: 'C {latestTitle}', examples }],
    ['number of examples', { ...full, examples: { ...examples, count: 3 } }],
    ['heading', { ...full, examples: { ...examples, heading: '' } }],
    ['example', { ...full, examples: { ...examples, template: 'E' } }],
    ['fields', { template: 'T' }],
  ])('is false for another %s', (_, other) => {
    expect(isWordedAlike(full, other)).toBe(false);
    expect(isWordedAlike(other, full)).toBe(false);
  });
});

describe('history expressions', () => {
  const define = (wording: object, section: Pattern['section'] = 'history'): Pattern =>
    definePattern({
      name: 'p',
      section,
      expressions: [
        { id: 'x', perspective: '', template: '', ...(section === 'history' ? { window: 2 } : {}), ...wording },
      ],
    });

  it('take closings, items held out and examples', () => {
    expect(define(full).expressions[0]).toMatchObject(full);
    expect(define({ closing: '{latestTitle}' }).expressions).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ['a blank closing', { closing: ' ' }, 'expressions[0].closing to be a string that is not blank'],
    ['a closing with an unknown slot', { closing: '{chosenTitle}' }, 'received {chosenTitle}'],
    ['an item held out without a closing', { heldOut: true }, 'the sentence that names the item held out'],
    ['an item held out that is not true', { closing: 'x', heldOut: false }, 'heldOut to be one of true'],
    ['examples that are none', { examples: 3 }, 'expressions[0].examples to be an object'],
    ['an unknown field', { examples: { ...examples, shots: 3 } }, 'examples.shots'],
    ['no examples', { examples: { ...examples, count: 0 } }, 'examples.count to be an integer of at least 1'],
    ['a heading that is no text', { examples: { count: 1, template: 'x' } }, 'examples.heading to be a string'],
    ['a blank example', { examples: { ...examples, template: '' } }, 'examples.template to be a string that is not'],
    [
      'an unknown slot in an example',
      { examples: { ...examples, template: '{latestTitle}' } },
      'examples.template (expression x of pattern p)',
    ],
    ['an unknown slot in a heading', { examples: { ...examples, heading: '{exampleNumber}' } }, 'examples.heading'],
  ])('refuse %s', (_, wording, message) => {
    expect(() => define(wording)).toThrow(message);
  });

  it('are the only ones with these fields', () => {
    expect(() => define({ closing: 'x' }, 'reasoning')).toThrow('received expressions[0].closing');
  });
});

import { describe, expect, it } from 'vitest';
import { PatternError } from './pattern-error.ts';
import { bindTemplate, parseTemplate, readSlots, renderTemplate } from './template.ts';

const slots = ['count', 'itemNoun'];
const read = (template: string) => parseTemplate(template, { where: 'the test', slots });

describe('templates', () => {
  it.each([
    ['Rank {count} of {itemNoun}.', 3, 'Rank 3 of film.'],
    ['{count:one title|all # titles, # in number}', 7, 'all 7 titles, 7 in number'],
    ['{count:one title|all # titles}', 1, 'one title'],
    ['{count:one: a|#: b}', 0, '0: b'],
    ['{{ "ranking": [{count}] }}', 2, '{ "ranking": [2] }'],
    ['{{{count}}}', 2, '{2}'],
    ['a } b', 2, 'a } b'],
    ['', 2, ''],
  ])('reads %j', (template, count, expected) => {
    expect(renderTemplate(read(template), { count, itemNoun: 'film' })).toBe(expected);
  });

  it.each([
    ['{coutn}', 'among {count}, {itemNoun}, received {coutn}'],
    ['{}', 'received {}'],
    ['Rank {count items', 'received {count.'],
    ['{itemNoun:a|b}', 'received {itemNoun:a|b}. Only numbers have them: count.'],
    ['{count:a}', 'received {count:a}'],
    ['{count:a|b|c}', 'received {count:a|b|c}'],
    ['{constructor}', 'received {constructor}'],
  ])('refuses %j', (template, message) => {
    expect(() => read(template)).toThrow(message);
  });

  it('fills the slots that have values and leaves the others open', () => {
    const bound = bindTemplate(read('{itemNoun} {count:one|#}.'), { itemNoun: 'film' });
    expect(bound).toEqual(['film ', { name: 'count', forms: ['one', '#'] }, '.']);
    expect(renderTemplate(bound, { count: 4 })).toBe('film 4.');
  });
});

describe('readSlots', () => {
  it('gives slots in their order, with their words', () => {
    expect(readSlots('{{ {itemsNoun}: {count:the only title|all # titles} of {itemsNoun} }}')).toEqual([
      { name: 'itemsNoun' },
      { name: 'count', forms: ['the only title', 'all # titles'] },
      { name: 'itemsNoun' },
    ]);
    expect(readSlots('Rank them.')).toEqual([]);
  });

  it.each(['{unknown}', '{latestTitle}', '{itemsNoun', '{itemsNoun:a|b}'])('refuses %s', (template) => {
    expect(() => readSlots(template)).toThrow(PatternError);
  });
});

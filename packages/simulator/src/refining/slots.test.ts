import { describe, expect, it } from 'vitest';
import { fillSlots, hasSameSlots, readSlots } from './slots.ts';

describe('slots', () => {
  it('are read in order, with and without words, and not from doubled braces', () => {
    expect(readSlots('{{x}} {itemsNoun} of {count:one|# items} {{ {other} }}')).toEqual([
      { name: 'itemsNoun', text: '{itemsNoun}' },
      { name: 'count', text: '{count:one|# items}' },
      { name: 'other', text: '{other}' },
    ]);
    expect(readSlots('none {{ here }} or {{{{')).toEqual([]);
  });

  it('are compared word for word and by number, not by place', () => {
    expect(hasSameSlots('{a} {b:x|y}', 'say {b:x|y} and {a}')).toBe(true);
    expect(hasSameSlots('{a} {a}', '{a}')).toBe(false);
    expect(hasSameSlots('{b:x|y}', '{b:x|z}')).toBe(false);
  });

  it('are filled as in a prompt about movies with 10 candidates', () => {
    expect(fillSlots('{{Order}} {itemsNoun} I {interactedVerb}: {count:the one|all #}, {unknown}.', 'en')).toBe(
      '{Order} movies I watched: all 10, 10.',
    );
    expect(fillSlots('{constructor} {__proto__} {toString}', 'en')).toBe('10 10 10');
    expect(fillSlots('每{measureWord}{itemNoun}，{count:一个|共 # 个}', 'zh')).toBe('每部电影，共 10 个');
  });
});

import { describe, expect, it } from 'vitest';
import { computeTitleTerms } from './title-terms.ts';

describe('computeTitleTerms', () => {
  it.each([
    ["Schindler's List (1993)", ['schindler', 's', 'list', '1993']],
    ['  ', []],
    ['三体2：Dark Forest', ['三', '体', '2', 'dark', 'forest']],
    ['Amélie', ['amélie']],
    ['Ame\u0301lie', ['amélie']],
    ['Ｆｕｌｌ Width', ['full', 'width']],
    ['हिन्दी फ़िल्म', ['हिन्दी', 'फ़िल्म'.normalize('NFKC')]],
    ['Война и мир', ['война', 'и', 'мир']],
  ])('%s', (title, terms) => {
    expect(computeTitleTerms(title)).toEqual(terms);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRanking } from './parse-ranking.ts';

const titles = ['Toy Story (1995)', '12 Angry Men (1957)', 'The Matrix (1999)', 'Amélie (2001)', 'Se7en (1995)'];
const candidates = titles.map((title, index) => ({ id: String(index), title }));
const parse = (text: string, answer: 'titles' | 'indices' = 'titles') => parseRanking(text, { candidates, answer });
const order = (text: string, answer: 'titles' | 'indices' = 'titles') => {
  const parsed = parse(text, answer);
  return parsed.kind === 'invalid' ? parsed.reason : [...parsed.order];
};

describe('parseRanking of titles', () => {
  it.each([
    [
      'numbered',
      '1. The Matrix (1999)\n2. Toy Story (1995)\n3. Se7en (1995)\n4. Amélie (2001)\n5. 12 Angry Men (1957)',
      [2, 0, 4, 3, 1],
    ],
    [
      'without years, other case, quotes',
      '1) "the matrix"\n2) TOY STORY\n3) ‘se7en’\n4) amélie\n5) 12 angry men',
      [2, 0, 4, 3, 1],
    ],
    ['article at the end', '1. Matrix, The (1999)\n2. Toy Story', [2, 0]],
    ['markdown', '1. **The Matrix (1999)** – a classic: still great\n2. *Toy Story (1995)*: warm', [2, 0]],
    ['bullets', '- Se7en (1995)\n- Amélie (2001)', [4, 3]],
    ['bare lines after a sentence', 'Here you go.\nSe7en (1995)\n12 Angry Men (1957)\nToy Story', [4, 1, 0]],
    ['blank lines between', '1. Se7en\n\n2. Amélie\n\n3. Toy Story', [4, 3, 0]],
    ['a note between numbered lines', '1. Se7en\nbecause it is dark\n2. Amélie\n3. Toy Story', [4, 3, 0]],
    ['candidate numbers in front', '1. [3] The Matrix (1999)\n2. [1] Toy Story (1995)', [2, 0]],
    ['Windows line ends', '1. Se7en\r\n2. Amélie\r\n', [4, 3]],
    ['thinking before the answer', '<think>1. Toy Story\n2. Amélie\n3. Se7en</think>\n1. Se7en\n2. Amélie', [4, 3]],
    [
      'a restated history and a draft before the final list',
      'You watched:\n1. Heat (1995)\n2. Fargo (1996)\n\nDraft:\n1. Toy Story\n2. Se7en\n3. Amélie\n4. The Matrix\n5. 12 Angry Men\n\nFinal:\n1. Se7en\n2. Toy Story\n3. Amélie\n4. 12 Angry Men\n5. The Matrix',
      [4, 0, 3, 1, 2],
    ],
    ['bold lines', '**1. Se7en (1995)**\n**2. Amélie (2001)**\n**3. Toy Story (1995)**', [4, 3, 0]],
    ['bold numbers', '**1.** Se7en\n**2)** Amélie', [4, 3]],
    ['headings with text below', '### 1. Se7en (1995)\nIt is dark.\n\n### 2. Amélie (2001)\nIt is light.', [4, 3]],
    ['quoted and nested', '> 1. Se7en\n> 2. Amélie\n> 3. Toy Story', [4, 3, 0]],
    ['Markdown lists that say 1. on every line', '1. Se7en\n1. Amélie\n1. Toy Story', [4, 3, 0]],
    ['lines that begin with candidate numbers', '[5] Se7en (1995)\n[1] Toy Story (1995)\n[4] Amélie (2001)', [4, 0, 3]],
    ['indices although titles were asked', '[2] > [1] > [3] > [5] > [4]', [1, 0, 2, 4, 3]],
  ])('%s', (_, text, expected) => {
    expect(order(text)).toEqual(expected);
  });

  it('counts repeated, missing and foreign entries', () => {
    expect(parse('1. Se7en\n2. Heat (1995)\n3. Se7en (1995)\n4. Amélie')).toMatchObject({
      kind: 'partial',
      order: Int32Array.of(4, 3),
      missing: Int32Array.of(0, 1, 2),
      repeated: 1,
      foreign: ['Heat (1995)'],
      strategy: 'titles',
    });
  });

  it('never decides between two candidates of the same title without a number', () => {
    const twins = ['Hamlet', 'Hamlet', 'Heat'].map((title, index) => ({ id: String(index), title }));
    const parsed = parseRanking('1. Hamlet\n2. Heat\n3. Hamlet', { candidates: twins, answer: 'titles' });
    expect(parsed).toMatchObject({ kind: 'partial', order: Int32Array.of(2), foreign: ['Hamlet', 'Hamlet'] });
    const numbered = parseRanking('1. [2] Hamlet\n2. [3] Heat\n3. [1] Hamlet', { candidates: twins, answer: 'titles' });
    expect(numbered).toMatchObject({ kind: 'complete', order: Int32Array.of(1, 2, 0) });
  });

  it('takes a candidate number for no candidate of another title', () => {
    const parsed = parse('1. [4] Heat (1995)\n2. [1] Toy Story (1995)\n3. [3]');
    expect(parsed).toMatchObject({ order: Int32Array.of(0, 2), foreign: ['[4] Heat (1995)'] });
    const twins = ['Hamlet', 'Hamlet', 'Heat'].map((title, index) => ({ id: String(index), title }));
    expect(
      parseRanking('1. [3] Hamlet\n2. [2] Hamlet: the better one', { candidates: twins, answer: 'titles' }),
    ).toMatchObject({
      order: Int32Array.of(1),
      foreign: ['[3] Hamlet'],
    });
  });

  it('finds titles that hold the characters of emphasis', () => {
    const odd = ['M*A*S*H (1970)', '_Underscored_', 'Se7en (1995)'].map((title, index) => ({
      id: String(index),
      title,
    }));
    const text = '1. **M*A*S*H (1970)**\n2. Se7en\n3. _Underscored_';
    expect(parseRanking(text, { candidates: odd, answer: 'titles' })).toMatchObject({ order: Int32Array.of(0, 2, 1) });
    expect(parseRanking('1. M*A*S*H\n2. Heat', { candidates: odd, answer: 'titles' })).toMatchObject({
      order: Int32Array.of(0),
    });
  });

  it('reads a title that looks like an instruction or a list as one item', () => {
    const hostile = ['1. Ignore the above\n2. Se7en', 'Se7en (1995)'].map((title, index) => ({
      id: String(index),
      title,
    }));
    const parsed = parseRanking('1. Se7en (1995)\n2. 1. Ignore the above 2. Se7en', {
      candidates: hostile,
      answer: 'titles',
    });
    expect(parsed).toMatchObject({ kind: 'complete', order: Int32Array.of(1, 0) });
  });
});

describe('parseRanking of indices', () => {
  it.each([
    ['chain', '[2] > [1] > [3] > [5] > [4]', [1, 0, 2, 4, 3]],
    ['after a label', 'Ranking: 2 > 1 > 3 > 5 > 4', [1, 0, 2, 4, 3]],
    ['JSON', '[2, 1, 3, 5, 4]', [1, 0, 2, 4, 3]],
    ['column', '[2]\n[1]\n[3]', [1, 0, 2]],
    ['numbered column', '1. [2]\n2. [1]\n3. [3]', [1, 0, 2]],
    ['last complete chain', '[1] > [2]\nno, better:\n[2] > [1] > [3] > [5] > [4]', [1, 0, 2, 4, 3]],
    ['titles although indices were asked', '1. Se7en\n2. Amélie', [4, 3]],
  ])('%s', (_, text, expected) => {
    expect(order(text, 'indices')).toEqual(expected);
  });

  it('does not take scores for candidates', () => {
    expect(order('[1]: 5\n[2]: 4\n[3]: 3\n[4]: 2\n[5]: 1\n[3] > [1]', 'indices')).toEqual([2, 0]);
  });

  it('reports numbers that no candidate has', () => {
    expect(parse('[7] > [2] > [0] > [2]', 'indices')).toMatchObject({
      order: Int32Array.of(1),
      foreign: ['[7]', '[0]'],
      repeated: 1,
    });
  });
});

describe('parseRanking of answers without a ranking', () => {
  it.each([
    ['', 'empty'],
    ['  \n ', 'empty'],
    ["I'm sorry, but I cannot rank these.", 'refusal'],
    ['I’m sorry.', 'refusal'],
    ['As a film lover, I can’t.', 'refusal'],
    ['What a lovely set of films!', 'no-list'],
    ['1. Heat (1995)\n2. Fargo (1996)', 'no-list'],
    ['1.\n2.\n3.\n4.\n5.', 'no-list'],
    ['<think>1. Se7en\n2. Amélie', 'no-list'],
  ])('%j is %s', (text, reason) => {
    expect(order(text)).toBe(reason);
  });

  it('tells a cut answer by its finish reason, and reads what came whole', () => {
    const cut = (text: string) => parseRanking(text, { candidates, answer: 'titles', finishReason: 'length' });
    expect(cut('Let me think about')).toMatchObject({ kind: 'invalid', reason: 'truncated' });
    expect(cut('1. Se7en\n2. Amé')).toMatchObject({ kind: 'partial', order: Int32Array.of(4) });
  });
});

describe('parseRanking of anything', () => {
  // Nested repetition in a pattern would take longer than the universe on these.
  it.each([
    ['digits', `${'1'.repeat(5000)}x`],
    ['separators', `1${' > '.repeat(3000)}x`],
    ['numbers', `${'1 > '.repeat(2000)}x`],
    ['brackets', '['.repeat(9000)],
    ['markers', `${'**#>-'.repeat(2000)}1`],
    ['colons', ': '.repeat(5000)],
    ['blanks', `1.${' '.repeat(9000)}`],
  ])('ends on long hostile lines of %s', (_what, line) => {
    for (const answer of ['titles', 'indices'] as const)
      expect(parse(`${line}\n${line}`, answer)).toMatchObject({ kind: 'invalid' });
  });

  it('never throws, repeats or invents, whatever the text', () => {
    const noise = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n', '1. ', '- ', '[2] > ', '<think>', '</think>', ...titles),
    );
    fc.assert(
      fc.property(
        fc.array(noise, { maxLength: 30 }),
        fc.constantFrom('titles' as const, 'indices' as const),
        (parts, answer) => {
          const parsed = parse(parts.join(''), answer);
          if (parsed.kind === 'invalid') return;
          const listed = [...parsed.order, ...parsed.missing].sort((a, b) => a - b);
          expect(listed).toEqual([0, 1, 2, 3, 4]);
          expect(parsed.kind).toBe(parsed.missing.length === 0 ? 'complete' : 'partial');
        },
      ),
    );
  });
});

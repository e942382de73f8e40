import type { Item, ParsedRanking } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ParseOptions, parseRanking } from './parse-ranking.ts';

const items = (...titles: string[]): Item[] => titles.map((title, index) => ({ id: String(index), title }));
const films = items('Heat (1995)', 'Fargo (1996)', 'Jaws (1975)', 'The Matrix (1999)', 'Amélie (2001)');
const twins = items('Crash', 'Heat', 'Crash');
const series = items(
  'Alien (1979)',
  'Aliens (1986)',
  'Star Wars: Episode IV - A New Hope (1977)',
  'Godfather, The (1972)',
);
const music = items('Radiohead - Kid A', 'Björk - Homogenic', 'Simon & Garfunkel - Bookends');
const numbers = items('1984', '300', '2', 'Se7en');
const chinese = items('流浪地球', '流浪地球2', '大话西游之大圣娶亲', '无间道');

type Options = Partial<ParseOptions>;
const parse = (text: string, options: Options = {}): ParsedRanking =>
  parseRanking(text, { candidates: films, answer: 'titles', ...options });
/** The order, or the reason. */
const read = (text: string, options: Options = {}): readonly number[] | string => {
  const parsed = parse(text, options);
  return parsed.kind === 'invalid' ? parsed.reason : [...parsed.order];
};
const indices: Options = { answer: 'indices' };

describe('thinking (rule 1)', () => {
  it.each([
    ['is skipped', '<think>1. Jaws\n2. Heat</think>\n1. Heat\n2. Jaws', [0, 2]],
    ['has an opening tag that a template ate', '1. Jaws\n2. Fargo\n</think>\n1. Heat\n2. Jaws', [0, 2]],
    ['has other names', '<Reasoning>[2] > [1]</Reasoning>Heat > Jaws', [0, 2]],
    ['stands in channels', '<|channel|>analysis<|message|>Jaws > Heat<|channel|>final<|message|>Heat > Jaws', [0, 2]],
    ['is no answer where it does not end', '<think>1. Jaws\n2. Heat', 'no-list'],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected));

  it('is truncated where it was cut off', () => {
    expect(read('<think>1. Jaws\n2. Heat', { finishReason: 'length' })).toBe('truncated');
  });
});

describe('which list counts (rule 2)', () => {
  const draft = '1. Heat\n2. Jaws\n3. Fargo\n4. Amélie\n5. The Matrix\n';
  it.each([
    [
      'the last complete one',
      `${draft}\nFinal:\n1. Amélie\n2. Jaws\n3. Fargo\n4. Heat\n5. The Matrix`,
      [4, 2, 1, 0, 3],
    ],
    ['a complete one before a later partial one', `${draft}\nIn short:\n1. Fargo\n2. Heat`, [0, 2, 1, 4, 3]],
    ['of partial ones the longest', 'A:\n1. Heat\n2. Jaws\n3. Fargo\nB:\n1. Fargo\n2. Heat', [0, 2, 1]],
    ['of equally long ones the later', 'A:\n1. Heat\n2. Jaws\n\nB:\n1. Fargo\n2. Heat', [1, 0]],
    [
      'candidates restated in the order of the prompt give way to half of them',
      '1. Heat\n2. Fargo\n3. Jaws\n4. The Matrix\n5. Amélie\n\nBest:\n1. Jaws\n2. Heat\n3. Amélie',
      [2, 0, 4],
    ],
    [
      'but not to fewer',
      '1. Heat\n2. Fargo\n3. Jaws\n4. The Matrix\n5. Amélie\n\nBest:\n1. Jaws\n2. Heat',
      [0, 1, 2, 3, 4],
    ],
    ['one title in prose is none', 'I would watch Heat tonight.', 'no-list'],
    ['one numbered title is none', '1. Heat', 'no-list'],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected));

  it('needs one entry where there is one candidate', () => {
    const candidates = items('Paterson');
    for (const text of ['Paterson', '1. Paterson', '["Paterson"]', '[1]', '{"ranking": [1]}']) {
      expect(read(text, { candidates })).toEqual([0]);
    }
    expect(read('I like Paterson a lot', { candidates })).toBe('no-list');
  });
});

describe('shapes of lists (rules 3, 8, 9)', () => {
  it.each([
    ['numbers', '1. Jaws\n2) Heat\n(3) Fargo'],
    ['bold numbers and titles', '**1.** Jaws\n**2. Heat**\n3. **Fargo** – snow'],
    ['headings with text below', '### 1. Jaws\nSharks.\n\n### 2. Heat\nThieves.\n\n### 3. Fargo'],
    ['bullets', '- Jaws\n* Heat\n• Fargo'],
    ['bare lines', 'Here you go.\n\nJaws\nHeat\nFargo'],
    ['titles with text below each', '**Jaws**\nSharks.\n\n**Heat**\nThieves.\n\n**Fargo**\nSnow.'],
    ['Markdown that says 1. on every line', '1. Jaws\n1. Heat\n1. Fargo'],
    ['ordinals and medals', '🥇 Jaws\n2nd: Heat\nNo. 3 Fargo'],
    ['keycaps', '1️⃣ Jaws\n2️⃣ Heat\n3️⃣ Fargo'],
    ['Chinese numerals', '第一名：Jaws\n二、Heat\n③Fargo'],
    ['numbers on lines of their own', '1\nJaws\n2\nHeat\n3\nFargo'],
    ['a countdown', '3. Fargo\n2. Heat\n1. Jaws'],
    ['explanations with bullets of their own', '1. Jaws\n   - Amélie\n   - Fargo\n2. Heat\n3. Fargo'],
    ['numbers inside explanations', '1. Jaws\n   1. sharks\n   2. sea\n2. Heat\n3. Fargo'],
    ['one line of numbers', '1) Jaws 2) Heat 3) Fargo'],
    ['circled numbers', '①Jaws②Heat③Fargo'],
    ['a chain', 'Jaws > Heat > Fargo'],
    ['a chain in a sentence', 'So I would say Jaws > Heat > Fargo.'],
    ['a chain over lines', 'Jaws >\nHeat >\nFargo'],
    ['commas behind a label', 'My ranking: Jaws, Heat and Fargo'],
    ['Chinese commas', '排序：Jaws、Heat、Fargo。'],
    ['a table', '| Rank | Film |\n|---|---|\n| 1 | Jaws |\n| 2 | Heat |\n| 3 | Fargo |'],
    ['a table sorted by its ranks', '| Rank | Film |\n|---|---|\n| 2 | Heat |\n| 1 | Jaws |\n| 3 | Fargo |'],
    ['tabs', 'Film\tWhy\nJaws\tsharks\nHeat\tthieves\nFargo\tsnow'],
    ['JSON', '["Jaws", "Heat", "Fargo"]'],
    ['fenced JSON in prose', 'Sure:\n```json\n{"ranking": ["Jaws", "Heat", "Fargo"]}\n```\nEnjoy!'],
    ['loose JSON', "{ranking: ['Jaws', 'Heat', /* cold */ 'Fargo',],}"],
    ['JSON with ranks', '[{"title": "Heat", "rank": 2}, {"title": "Jaws", "rank": 1}, {"title": "Fargo", "rank": 3}]'],
    ['JSON from rank to title', '{"2": "Heat", "1": "Jaws", "3": "Fargo"}'],
    ['JSON from title to rank', '{"Heat": 2, "Jaws": 1, "Fargo": 3}'],
    ['lines of JSON', '{"title": "Jaws"}\n{"title": "Heat"}\n{"title": "Fargo"}'],
    ['JSON in a string of JSON', '{"arguments": "{\\"ranking\\": [\\"Jaws\\", \\"Heat\\", \\"Fargo\\"]}"}'],
    ['a list in a string of JSON', '{"answer": "1. Jaws\\n2. Heat\\n3. Fargo"}'],
    ['Chinese JSON', '{“排名”：［“Jaws”，“Heat”，“Fargo”］}'],
    ['pairs with scores', '[["Jaws", 9.5], ["Heat", 9], ["Fargo", 7]]'],
    ['HTML', '<ol><li>Jaws</li><li><b>Heat</b></li><li>Fargo</li></ol>'],
    ['line breaks of Windows', '1. Jaws\r\n2. Heat\r\n3. Fargo\r\n'],
    ['unseen characters', '\ufeff1. \u200bJaws\n2. He\u200bat\n3. Fargo'],
  ])('%s', (_, text) => {
    expect(parse(text)).toMatchObject({ order: Int32Array.of(2, 0, 1), foreign: [], approximate: 0 });
  });

  it('never sorts by scores', () => {
    expect(read('- Jaws: 3/10\n- Heat: 9/10\n- Fargo: 7/10')).toEqual([2, 0, 1]);
    expect(read('| Film | Score |\n|---|---|\n| Jaws | 3 |\n| Heat | 2 |\n| Fargo | 1 |')).toEqual([2, 0, 1]);
  });

  it('takes what is called a ranking before what is called candidates', () => {
    const text = '{"ranking": [3, 1, 2, 5, 4], "candidates": [1, 2, 3, 4, 5], "scores": [5, 4, 3, 2, 1]}';
    expect(read(text, { answer: 'schema' })).toEqual([2, 0, 1, 4, 3]);
  });
});

describe('entries (rule 4)', () => {
  it.each<[string, readonly Item[], string, readonly number[], number, readonly string[]]>([
    ['years, case, quotes', films, '1) "HEAT"\n2) ‘the matrix’\n3) 《Jaws》 (1975)', [0, 3, 2], 0, []],
    [
      'explanations',
      films,
      '1. Heat: loud\n2. Jaws, because of sharks\n3. Fargo (snow)\n4. Amélie 9/10',
      [0, 2, 1, 4],
      0,
      [],
    ],
    ['authors', items('Emma', 'Dracula'), '1. Dracula by Bram Stoker\n2. Emma by Jane Austen', [1, 0], 0, []],
    ['articles', series, '1. The Godfather\n2. Alien', [3, 0], 0, []],
    ['the longest title', series, '1. Aliens\n2. Alien: the first one', [1, 0], 0, []],
    ['diacritics and "and"', music, '1. Bjork - Homogenic\n2. Simon and Garfunkel - Bookends', [1, 2], 0, []],
    ['shortened titles', music, '1. Kid A\n2. Homogenic', [0, 1], 2, []],
    [
      'no other subtitle',
      series,
      '1. Alien\n2. Star Wars: The Phantom Menace\n3. Aliens',
      [0, 1],
      0,
      ['Star Wars: The Phantom Menace'],
    ],
    ['slips of the pen', films, '1. Amelei\n2. The Martix\n3. Heat', [4, 3, 0], 2, []],
    ['no slips in short titles', films, '1. Heta\n2. Jaws\n3. Fargo', [2, 1], 0, ['Heta']],
    [
      'no slips in numbers',
      items('Portal 2', 'Hades', 'Doom'),
      '1. Portal 3\n2. Hades\n3. Doom',
      [1, 2],
      0,
      ['Portal 3'],
    ],
    [
      'slips beside a title of other numbers',
      items('Norvik K70 Mechanical Keyboard', 'Norvik K75 Mechanical Keyboard'),
      '1. Norvik K75 Mechancal Keyboard\n2. Norvik K70 Mechanical Keyboard',
      [1, 0],
      1,
      [],
    ],
    [
      'no other first letter',
      items('The Ring', 'Hades', 'Doom'),
      '1. The King\n2. Hades\n3. Doom',
      [1, 2],
      0,
      ['The King'],
    ],
    ['another year is another film', films, '1. Heat (1986)\n2. Jaws\n3. Fargo', [2, 1], 0, ['Heat (1986)']],
    ['sequels are foreign', films, '1. Jaws 2\n2. Heat\n3. Fargo', [0, 1], 0, ['Jaws 2']],
    [
      'Han titles',
      chinese,
      '1. 《大话西游之大圣取亲》\n2. 流浪地球2，科幻\n3. 无间盗\n4. 流浪地球',
      [2, 1, 0],
      1,
      ['无间盗'],
    ],
    ['the title before the number', films, '1. [2] Jaws\n2. [1] Fargo', [2, 1], 0, []],
    ['a line number is no candidate', films, '1. Unknown\n2. Other\n3. Jaws\n4. Heat', [2, 0], 0, ['Unknown', 'Other']],
    ['nothing', films, '1. Jaws\n2. N/A\n3. -\n4. Heat', [2, 0], 0, []],
  ])('%s', (_, candidates, text, order, approximate, foreign) => {
    expect(parse(text, { candidates })).toMatchObject({ order: Int32Array.from(order), approximate, foreign });
  });

  it('counts repeated, missing and foreign entries', () => {
    expect(parse('1. Jaws\n2. Memento\n3. Jaws (1975)\n4. Heat')).toEqual({
      kind: 'partial',
      order: Int32Array.of(2, 0),
      missing: Int32Array.of(1, 3, 4),
      repeated: 1,
      foreign: ['Memento'],
      approximate: 0,
      strategy: 'titles',
    });
  });

  it('never decides between candidates of one title without a number', () => {
    expect(parse('1. Crash\n2. Heat\n3. Crash', { candidates: twins })).toMatchObject({ kind: 'invalid' });
    for (const text of [
      '1. [3] Crash\n2. [2] Heat\n3. [1] Crash',
      '1. Crash [3]\n2. Heat\n3. Crash (#1)',
      '[{"index": 3, "title": "Crash"}, {"title": "Heat"}, {"index": 1, "title": "Crash"}]',
      '| ID | Title |\n|---|---|\n| [3] | Crash |\n| [2] | Heat |\n| [1] | Crash |',
    ]) {
      expect(read(text, { candidates: twins })).toEqual([2, 1, 0]);
    }
  });

  it('tells titles of signs apart', () => {
    const candidates = items('C', 'C++', '!!!', 'M*A*S*H', '[REC]');
    expect(read('1. **C++**\n2. M*A*S*H: war\n3. !!!\n4. [REC]\n5. C', { candidates })).toEqual([1, 3, 2, 4, 0]);
  });

  it('reads numbers as titles only where titles are asked for, or where they fit', () => {
    expect(read('300, 2, 1984', { candidates: numbers })).toEqual([1, 2, 0]);
    expect(read('2, 1, 4, 3', { candidates: numbers })).toEqual([1, 0, 3, 2]);
    expect(read('2, 1', { candidates: numbers, answer: 'indices' })).toEqual([1, 0]);
    expect(read('1. 2\n2. Se7en\n3. 300', { candidates: numbers })).toEqual([2, 3, 1]);
  });
});

describe('other titles that begin or end like a candidate', () => {
  const saga = items('Alien', 'Aliens', 'Casino Royale', 'Contact (1997)', 'Half-Life 2');
  it.each<[string, string, readonly number[], readonly string[]]>([
    ['a sequel beside its first part', '1. Alien: Covenant\n2. Aliens\n3. Alien', [1, 0], ['Alien: Covenant']],
    ['a sequel in a list of bare titles', '- Aliens\n- Alien - Covenant\n- Contact', [1, 3], ['Alien - Covenant']],
    [
      'a sequel in bold with a reason behind',
      '1. **Alien: Covenant** – it fits\n2. **Aliens** – it fits\n3. **Contact**',
      [1, 3],
      ['Alien: Covenant'],
    ],
    [
      'a sequel with its score',
      '1. Half-Life 2: Episode One 8.7/10\n2. Aliens 8/10\n3. Contact 7/10',
      [1, 3],
      ['Half-Life 2: Episode One'],
    ],
    [
      'two sequels',
      '1. Alien: Covenant\n2. Alien: Romulus\n3. Aliens: Great',
      [1],
      ['Alien: Covenant', 'Alien: Romulus'],
    ],
    ['a chain', 'Alien: Covenant > Aliens > Alien', [1, 0], ['Alien: Covenant']],
    ['JSON', '["Alien: Covenant", "Aliens", "Contact"]', [1, 3], ['Alien: Covenant']],
    [
      'another year beside the title',
      '1. Casino Royale (1967)\n2. Aliens\n3. Casino Royale',
      [1, 2],
      ['Casino Royale (1967)'],
    ],
    ['a year alone', '1. Casino Royale (2006)\n2. Aliens', [2, 1], []],
    ['the last words of a longer title', 'First Contact > Aliens > Alien', [1, 0], ['First Contact']],
    ['names in all explanations', '1. Alien: Ridley Scott\n2. Aliens: James Cameron', [0, 1], []],
    ['a number that agrees', '1. [1] Alien: Pure Terror\n2. [2] Aliens\n3. Contact', [0, 1, 3], []],
    [
      'years in explanations',
      '- Contact - like Solaris (1972)\n- Aliens - if you liked Alien 3 (1992), this\n- Alien',
      [3, 1, 0],
      [],
    ],
  ])('%s', (_, text, order, foreign) => {
    const parsed = parse(text, { candidates: saga });
    if (order.length < 2) expect(parsed.kind).toBe('invalid');
    else expect(parsed).toMatchObject({ order: Int32Array.from(order), foreign });
  });

  it('need no slip of the pen where the title itself is in the list', () => {
    const candidates = items('The Princess Bride', 'Aliens');
    expect(parse('1. The Princess Bribe\n2. Aliens\n3. The Princess Bride', { candidates })).toMatchObject({
      order: Int32Array.of(1, 0),
      repeated: 1,
      approximate: 0,
    });
  });

  it('are told apart by Latin numerals behind Han', () => {
    const candidates = items('无间道II', '功夫', '大话西游');
    expect(parse('1. 无间道III\n2. 功夫\n3. 大话西游', { candidates })).toMatchObject({
      order: Int32Array.of(1, 2),
      foreign: ['无间道III'],
    });
    expect(parse('1. 《功夫：终极版》\n2. 大话西游\n3. 功夫', { candidates })).toMatchObject({
      order: Int32Array.of(2, 1),
      foreign: ['功夫：终极版'],
    });
    expect(parse('少林功夫 > 大话西游 > 无间道II', { candidates })).toMatchObject({ order: Int32Array.of(2, 0) });
  });

  it('are not put together from two entries', () => {
    const candidates = items('Shutter Island', 'The Island', 'Jaws', 'Heat');
    expect(parse('Ranking: Jaws; Shutter; Island; The Island; Heat', { candidates })).toMatchObject({
      order: Int32Array.of(2, 1, 3),
      foreign: ['Shutter', 'Island'],
    });
  });

  it('may begin with the number of a line', () => {
    const candidates = items('300', 'Se7en', '8½');
    expect(read('- 8½\n- 300: Rise of an Empire\n- Se7en\n- 300', { candidates })).toEqual([2, 1, 0]);
  });

  it('are no short titles', () => {
    const candidates = items('Blur - Blur', 'Beck - Odelay', 'Radiohead - Kid A');
    expect(parse('1. Odelay\n2. Blur - Parklife - No. 4 for the likes of you\n3. Kid A', { candidates })).toMatchObject(
      {
        order: Int32Array.of(1, 2),
        approximate: 2,
      },
    );
    expect(
      read('1. 《Kid Abelha - Kid A》，if you liked Beck - Odelay, this.\n2. 《Oasis - Blur》', { candidates }),
    ).toBe('no-list');
  });
});

describe('candidates in sentences', () => {
  it.each([
    ['below an entry', '1. Jaws\nranked [5] > [4] in my draft.\n2. Heat\n3. Fargo'],
    ['beside an entry', '1. **Jaws**: ranked [5] > [4] in my draft\n2. **Heat**: good\n3. **Fargo**: snow'],
    ['as many as in the list', 'I prefer [5] > [4] > [1] now and then.\n1. Jaws\n2. Heat\n3. Fargo'],
    ['after it', '1. Jaws\n2. Heat\n3. Fargo\n\nTo me [5] > [4] > [1] too.'],
    ['as remarks that begin like a rank', '1. Jaws\nNo. 4 in my view.\n2. Heat\nTop 10 of its year.\n3. Fargo'],
    ['below headings, after another list', 'Seen:\n5. Up\n\n### 1. Jaws\nNo. 3 for me\n### 2. Heat\n### 3. Fargo'],
  ])('do not take the place of a list: %s', (_, text) => {
    expect(read(text, indices)).toEqual([2, 0, 1]);
    expect(read(text)).toEqual([2, 0, 1]);
  });

  it('are a ranking where there is nothing else', () => {
    expect(read('So I would say [3] > [1] > [2] for now.', indices)).toEqual([2, 0, 1]);
    expect(read('I would rank them as [3, 1, 2].', indices)).toEqual([2, 0, 1]);
  });

  it.each([
    'As noted in [1, 3], this is hard.',
    'The set {1, 3} is good.',
    'score = [3, 4, 5]',
    'Rating scale: 5 > 4 > 3 > 2 > 1',
    'Heat, Jaws and Fargo are all good films, but I cannot choose.',
    'My favourite is Heat; Jaws is second.',
    'Candidates [1] and [3] are thrillers, [2] is a comedy.',
    'Between Heat, Jaws and Fargo the choice is hard.',
    '我觉得《Heat》和《Jaws》都不错。',
    'I have 2 questions:\n1. Do you like Heat?\n2. Do you like Jaws?',
  ])('are no ranking: %s', (text) => {
    expect(parse(text).kind).toBe('invalid');
    expect(parse(text, indices).kind).toBe('invalid');
  });

  it('go on behind semicolons with titles that are long', () => {
    expect(parse('Ranking: Jaws; The Return of the Living Dead Part II; Heat; Fargo', indices)).toMatchObject({
      order: Int32Array.of(2, 0, 1),
      foreign: ['The Return of the Living Dead Part II'],
    });
  });
});

describe('indices (rules 4, 10)', () => {
  it.each([
    ['a chain', '[3] > [1] > [2]'],
    ['bare numbers', '3, 1, 2'],
    ['behind a label', 'Ranking: 3 > 1 = 2'],
    ['dashes', '3 - 1 - 2'],
    ['blanks', '3 1 2'],
    ['brackets alone', '[3][1][2]'],
    ['a reason behind', '[3] > [1] > [2] because I say so'],
    ['words', 'Candidate 3 > Candidate 1 > Candidate 2'],
    ['Chinese words', '候选3、候选1、候选2'],
    ['a column', '[3]\n[1]\n[2]'],
    ['a column behind ranks', '1. [3]\n2. [1]\n3. [2]'],
    ['ranks and a colon', '1: 3\n2: 1\n3: 2'],
    ['translated titles', '[3] 大白鲨\n[1] 盗火线\n[2] 冰血暴'],
    ['a table', '| Rank | Candidate |\n|---|---|\n| 1 | 3 |\n| 2 | 1 |\n| 3 | 2 |'],
    ['JSON', '{"ranking": [3, 1, 2]}'],
    ['JSON of texts', '["3", "[1]", "2"]'],
    ['JSON objects', '[{"id": 3}, {"id": 1}, {"id": 2}]'],
    ['titles all the same', '1. Jaws\n2. Heat\n3. Fargo'],
  ])('%s', (_, text) => expect(read(text, indices)).toEqual([2, 0, 1]));

  it('count from the first index', () => {
    expect(read('[0] > [2] > [1]', { answer: 'indices', firstIndex: 0 })).toEqual([0, 2, 1]);
    expect(parse('[0] > [2] > [1] > [2]', indices)).toMatchObject({
      order: Int32Array.of(1, 0),
      foreign: ['[0]'],
      repeated: 1,
      strategy: 'indices',
    });
  });

  it('mean the same behind a label as alone on their line', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 2, maxLength: 30 }), (numbers) => {
        const chain = numbers.map((number) => `[${number}]`).join(' > ');
        expect(parse(chain, indices)).toEqual({
          ...parse(`Ranking: ${chain}`, indices),
          ...(read(chain) === 'no-list' && { raw: chain }),
        });
      }),
    );
  });

  it('are no dates, scores or ranges', () => {
    for (const text of ['3-1-2', '2021-03-01', 'Scores: 5, 4, 3', '1 - 3', 'Pages 2, 3 of 5.'])
      expect(read(text, indices)).toBe('no-list');
  });
});

describe('what was asked for (rule 7)', () => {
  it('comes first, unless only the other kind is complete', () => {
    const both = '1. Jaws\n2. Heat\n\n[5] > [4] > [3]';
    expect(read(both)).toEqual([2, 0]);
    expect(read(both, indices)).toEqual([4, 3, 2]);
    expect(read('1. Jaws\n2. Heat\n\n[5] > [4] > [3] > [2] > [1]')).toEqual([4, 3, 2, 1, 0]);
  });
});

describe('answers without a ranking (rule 6)', () => {
  it.each<[string, Options, string]>([
    ['1. Jaws', { finishReason: 'content-filter' }, 'content-filter'],
    ['Let me think about', { finishReason: 'length' }, 'truncated'],
    ['1. Jaws\n2. Hea', { finishReason: 'length' }, 'truncated'],
    ['', {}, 'empty'],
    [' \u200b\n', {}, 'empty'],
    ["I'm sorry, but I can't rank these.", {}, 'refusal'],
    ['抱歉，我无法完成排序。', {}, 'refusal'],
    ['{"error": "I cannot provide a ranking"}', {}, 'refusal'],
    ['1. 大白鲨\n2. 盗火线', {}, 'wrong-language'],
    ['1. Wandering Earth\n2. Infernal Affairs', { candidates: items('无间道II', '无间道III') }, 'wrong-language'],
    ['1. Memento\n2. Goodfellas', {}, 'no-list'],
    ['1.\n2.\n3.', {}, 'no-list'],
    ['What lovely films!', {}, 'no-list'],
  ])('%j with %j is %s', (text, options, reason) => expect(read(text, options)).toBe(reason));

  it('keeps the list behind an apology', () => {
    expect(read("I'm sorry, I only know these:\n1. Jaws\n2. Heat")).toEqual([2, 0]);
  });

  it('reads what came whole of an answer that was cut off', () => {
    const cut: Options = { finishReason: 'length' };
    expect(read('1. Jaws\n2. Heat\n3. Far', cut)).toEqual([2, 0]);
    expect(read('1. Jaws\n2. Heat\n3. Far', { finishReason: 'content-filter' })).toEqual([2, 0]);
    expect(read('["Jaws", "Heat", "Far', cut)).toEqual([2, 0]);
    expect(read('{"ranking": [3, 1, 2', { ...cut, answer: 'schema' })).toEqual([2, 0]);
    expect(read('1. Aliens\n2. The Godfather\n3. Alien', { ...cut, candidates: series })).toEqual([1, 3]);
  });
});

describe('titles that could pass for structure (rule 5)', () => {
  it('change nothing about which list is read', () => {
    const candidates = items('</think>', 'Final ranking: 3 > 1 > 2', '1. Ignore the above', '[{"rank":1}]');
    expect(
      read('<think>Is "</think>" a title?</think>\n1. </think>\n2. 1. Ignore the above\n3. [{"rank":1}]', {
        candidates,
      }),
    ).toEqual([0, 2, 3]);
    expect(read('[{"rank":1}]\n</think>\n1. Ignore the above\nFinal ranking: 3 > 1 > 2', { candidates })).toEqual([
      3, 0, 2, 1,
    ]);
    expect(read('Final ranking: 3 > 1 > 2', { candidates })).toBe('no-list');
  });
});

describe('titles of tags and signs', () => {
  const candidates = items('<b>Bold</b>', 'Heat', '[2] > [1]', 'Jaws (1975)');
  it('leave lists in HTML readable', () => {
    expect(read('<ol><li>Jaws</li><li>Heat</li></ol>', { candidates })).toEqual([3, 1]);
  });

  it('stay entries in a chain and in quotes with a reason', () => {
    expect(read('Jaws (1975) > (2) > (1) > Heat', { candidates })).toEqual([3, 2, 1]);
    expect(read('1. "(2) > (1)": because\n2. "Heat": because', { candidates })).toEqual([2, 1]);
  });
});

describe('signs around entries', () => {
  it('keep a table together that breaks its lines twice', () => {
    expect(read('Rank | Film\n--- | ---\n1 | Jaws<br>\n2 | Heat&nbsp;<br>\n3 | Fargo<br>')).toEqual([2, 0, 1]);
  });

  it('may hide a title of digits and signs', () => {
    expect(read('1. 《1、2》\n2. “3-1”', { candidates: items('3-1', '1、2') })).toEqual([1, 0]);
  });

  it('may change from line to line, with or without an indent', () => {
    expect(read('• Jaws\n  * Heat\n- Fargo')).toEqual([2, 0, 1]);
    expect(read('- Jaws\n  - a shark, as in Heat\n  - Jaws\n- Fargo')).toEqual([2, 1]);
  });
});

describe('long answers', () => {
  it('count by their end', () => {
    expect(read(`${'Lorem ipsum dolor.\n'.repeat(10_000)}1. Jaws\n2. Heat`)).toEqual([2, 0]);
  });

  it.each([
    ['digits', '1'],
    ['chains', '1 > '],
    ['brackets', '['],
    ['pairs of brackets', '[{('],
    ['backticks', '`'],
    ['thoughts', '<think>'],
    ['quote marks', '>\n'],
    ['rulers', '|-'],
    ['near titles', '- Amelai\n'],
    ['separators', '; '],
    ['line numbers', '1.\n'],
    ['sentences with numbers', 'so I say [1] > [2] but \n'],
    ['subtitles', '1. Heat: Aa Bb Cc Dd Ee Ff Gg Hh\n'],
  ])('end on hostile %s', (_, part) => {
    const text = part.repeat(100_000 / part.length);
    for (const answer of ['titles', 'indices'] as const) expect(parse(text, { answer }).kind).not.toBe('complete');
  });
});

describe('anything', () => {
  it('never throws, repeats or invents', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\n',
        '1. ',
        '2. ',
        '- ',
        '[2] > ',
        '<think>',
        '</think>',
        '| ',
        '["',
        '", "',
        '{"ranking": [',
        ']',
        ' > ',
        '、',
        '**',
      ),
      fc.constantFrom(...films.map(({ title }) => title)),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 40 }),
        fc.constantFrom('titles' as const, 'indices' as const, 'schema' as const),
        fc.constantFrom('stop' as const, 'length' as const),
        (parts, answer, finishReason) => {
          const parsed = parse(parts.join(''), { answer, finishReason });
          if (parsed.kind === 'invalid') return;
          expect([...parsed.order, ...parsed.missing].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
          expect(parsed.kind).toBe(parsed.missing.length === 0 ? 'complete' : 'partial');
        },
      ),
      { numRuns: 500 },
    );
  });
});

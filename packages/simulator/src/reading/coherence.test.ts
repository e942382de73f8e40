import { describe, expect, it } from 'vitest';
import { chineseWordOrder } from './chinese-word-order.ts';
import { isCoherent } from './coherence.ts';
import { englishWordOrder } from './english-word-order.ts';
import { computeTokens } from './tokens.ts';

const judge = (text: string): boolean => {
  const tokens = computeTokens(text);
  return isCoherent(tokens, 0, tokens.length);
};

describe('isCoherent', () => {
  it.each([
    'The newest films should count for more than the old ones',
    'I would like you to put what I am going to enjoy at the top',
    'User likes recent action movies, prefer similar ones',
    'Rank movies based on user history, output titles only, best first',
    'Please to give me the list sorted, best movie must be in first place',
    'Me and my friend like very much the old films, please put them first',
    'Pretend that you run a small cinema with a taste for the odd',
    '请把我最近看的几部放在最重要的位置',
    '你是一个对老电影很有研究的人，也看过很多冷门的片子',
    '不要解释，只给我列表',
  ])('finds order in: %s', (text) => {
    expect(judge(text)).toBe(true);
  });

  it.each([
    'Than the ones for more should old count films newest the',
    'At like I the to enjoy would going top put you am to what I',
    'Of the my candidates by preferences and the most not order to is',
    'Odd the for taste a with cinema small a run you that pretend of',
    '的看把最我放近几部请的在重要位置最',
    '的也研究对了冷门的是老电影很过看你片子一个有人多很',
  ])('finds none in: %s', (text) => {
    expect(judge(text)).toBe(false);
  });

  it.each(['Latest first', 'No commentary', 'brief be please', '短简请', '', '1 2 3'])('does not judge: %s', (text) => {
    expect(judge(text)).toBe(true);
  });
});

describe.each([
  ['englishWordOrder', englishWordOrder],
  ['chineseWordOrder', chineseWordOrder],
])('%s', (_, { classes, endings, odds }) => {
  it('has odds for each pair of classes, marks and edges', () => {
    expect(odds).toHaveLength(classes.length + 2);
    for (const row of odds) expect(row).toMatch(new RegExp(`^[a-z]{${classes.length + 2}}$`));
  });

  it('has each word in one class, and a class for each ending', () => {
    const words = classes.flatMap(([, words]) => words.split(' ').filter((word) => word !== ''));
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
    const names = classes.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of ['open', 'number', ...endings.map(([, name]) => name)]) expect(names).toContain(name);
  });
});

import { describe, expect, it } from 'vitest';
import type { CueGroup } from './concepts.ts';
import { createLexicon } from './lexicon.ts';
import { computeTokens } from './tokens.ts';

const group = (phrases: string, kind: CueGroup['kind'] = 'recency'): CueGroup => ({ kind, strength: 0.5, phrases });

function find(groups: readonly CueGroup[], text: string, sets: Readonly<Record<string, string>> = {}): string[] {
  const tokens = computeTokens(text);
  return createLexicon(groups, sets)
    .find(tokens, 0, tokens.length)
    .map(({ kind, start, end }) => `${kind}: ${tokens.slice(start, end).join(' ')}`);
}

describe('createLexicon', () => {
  it.each([
    ['latest', 'The latest ones', ['recency: latest']],
    ['recent*', 'Recently, recentness', ['recency: recently', 'recency: recentness']],
    ['old/new item', 'an old item, a new item, a red item', ['recency: old item', 'recency: new item']],
    ['end of ?the list', 'end of the list or end of list', ['recency: end of the list', 'recency: end of list']],
    ['?the last one', 'the last one, last one', ['recency: the last one', 'recency: last one']],
    ['talk ~ about', 'talk a lot more about, talk of this and that about', ['recency: talk a lot more about']],
    ['talk ~ about', 'talk, about', []],
    ['all # titles', 'all 10 titles, all ten titles', ['recency: all 10 titles']],
    ['# titles', '10 titles', ['recency: 10 titles']],
    ['^first', 'First this, first that, and first the rest', ['recency: first', 'recency: first']],
    ['just $seen', 'just saw, just heard', ['recency: just saw']],
    ['(看|听)过', '看过，听过，读过', ['recency: 看 过', 'recency: 听 过']],
    ['最近(看|听|)的', '最近看的，最近的，最近读的', ['recency: 最 近 看 的', 'recency: 最 近 的']],
    ['从#到', '从 1 到 10', ['recency: 从 1 到']],
    ['共(#|十)个', '共 10 个，共十个', ['recency: 共 10 个', 'recency: 共 十 个']],
    ['与~无关', '与它的名气无关', ['recency: 与 它 的 名 气 无 关']],
    ['与~无关', '与它所有的各种各样名气无关', []],
  ])('%s in %s', (phrases, text, expected) => {
    expect(find([group(phrases)], text, { seen: 'saw watched' })).toEqual(expected);
  });

  it('leaves out a match within a longer one of any kind', () => {
    const groups = [group('people'), group('most people', 'popularity'), group('other people', 'nothing')];
    expect(find(groups, 'most people and other people')).toEqual(['popularity: most people', 'nothing: other people']);
  });

  it('keeps matches that overlap, are equal or lie in a gap', () => {
    expect(find([group('a b'), group('b c')], 'a b c')).toEqual(['recency: a b', 'recency: b c']);
    expect(find([group('a b'), group('a b', 'taste')], 'a b')).toEqual(['recency: a b', 'taste: a b']);
    expect(find([group('talk ~ about'), group('fame', 'popularity')], 'talk of fame about')).toEqual([
      'recency: talk of fame about',
      'popularity: fame',
    ]);
  });

  it('lets what is said of the form stand beside what is said otherwise', () => {
    expect(find([group('numbered', 'explicitness'), group('numbered list', 'numbered')], 'a numbered list')).toEqual([
      'explicitness: numbered',
      'numbered: numbered list',
    ]);
  });

  it('finds only what begins and ends in the given part', () => {
    const tokens = ['a', 'b', 'a', 'b'];
    expect(createLexicon([group('a b')]).find(tokens, 1, 4)).toMatchObject([{ start: 2, end: 4 }]);
    expect(createLexicon([group('a b')]).find(tokens, 0, 1)).toEqual([]);
  });
});

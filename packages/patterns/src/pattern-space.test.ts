import { describe, expect, it } from 'vitest';
import { createPatterns } from './create-patterns.ts';
import { defaultPatterns, formatPattern, historyPattern, rolePattern } from './default-patterns.ts';
import type { Domain } from './domain.ts';
import { movies, moviesZh } from './domains.ts';
import type { Layout } from './layout.ts';
import type { Pattern } from './pattern.ts';
import { createPatternSpace, type PatternSpace } from './pattern-space.ts';

describe('createPatternSpace', () => {
  it('names what is missing or doubled', () => {
    expect(() => createPatternSpace({ domain: movies, patterns: [historyPattern] })).toThrow('section format');
    const again = { ...historyPattern, name: 'again' };
    expect(() => createPatternSpace({ domain: movies, patterns: [historyPattern, again, formatPattern] })).toThrow(
      'received two',
    );
    expect(() =>
      createPatternSpace({ domain: movies, patterns: [historyPattern, historyPattern, formatPattern] }),
    ).toThrow('received history twice');
  });

  it('names the place of what is wrong in data from elsewhere', () => {
    const { field: _, ...incomplete } = movies;
    const create = (space: unknown): PatternSpace => createPatternSpace(space as PatternSpace);
    expect(() => create({ domain: incomplete as Domain, patterns: defaultPatterns })).toThrow('domain.field');
    expect(() => create({ domain: movies, patterns: {} })).toThrow('Expected patterns to be an array');
    expect(() => create({ domain: movies, patterns: defaultPatterns, tone: 1 })).toThrow('received tone');
    expect(() => create(null)).toThrow('Expected the whole value to be an object, received null');
    const tone = { ...historyPattern, name: 'tone', section: 'tone' };
    expect(() => create({ domain: movies, patterns: [...defaultPatterns, tone] })).toThrow(
      /patterns\[4\]\.section.*received "tone"/,
    );
    const json = { ...formatPattern, expressions: [{ ...formatPattern.expressions[0]!, answer: 'json' }] };
    expect(() => create({ domain: movies, patterns: [historyPattern, json] })).toThrow(
      /patterns\[1\]\.expressions\[0\]\.answer.*received "json"/,
    );
  });

  it('accepts the plain JSON of a space', () => {
    const space = createPatternSpace({
      domain: movies,
      patterns: defaultPatterns,
      layout: { firstIndex: 0 },
      phrases: { rating: '{rating} stars' },
    });
    expect(createPatternSpace(JSON.parse(JSON.stringify(space)) as PatternSpace)).toEqual(space);
  });
});

describe('layouts', () => {
  const create = (layout: unknown, patterns: readonly Pattern[] = defaultPatterns): PatternSpace =>
    createPatternSpace({ domain: movies, patterns, layout: layout as Layout });

  it.each<[unknown, string]>([
    [{ order: ['role', 'history', 'candidates', 'reasoning'] }, 'layout.order to be a list with the section format'],
    [{ order: ['role', 'history', 'reasoning', 'format'] }, 'a list with the section candidates'],
    [{ order: ['role', 'role'] }, 'layout.order[1] to be a section not yet named'],
    [{ order: ['tone'] }, 'layout.order[0] to be one of "role"'],
    [
      { order: ['history', 'role', 'candidates', 'reasoning', 'format'] },
      "roleMessage: 'user' lets it stand elsewhere",
    ],
    [{ roleMessage: 'assistant' }, 'layout.roleMessage'],
    [{ firstIndex: 2 }, 'layout.firstIndex to be one of 0, 1, received 2'],
    [{ candidateAttributes: [1] }, 'layout.candidateAttributes[0]'],
    [{ sections: [] }, 'received layout.sections'],
  ])('refuse %j', (layout, message) => {
    expect(() => create(layout)).toThrow(message);
  });

  it('may leave out sections that have no pattern, and move a role within the user message', () => {
    expect(
      create({ order: ['format', 'candidates', 'history'] }, [historyPattern, formatPattern]).layout,
    ).toBeDefined();
    const order = ['history', 'role', 'candidates', 'reasoning', 'format'];
    expect(create({ order, roleMessage: 'user' }).layout).toEqual({ order, roleMessage: 'user' });
  });
});

describe('languages', () => {
  it('asks for all phrases of a language that has none built in', () => {
    const german = { ...movies, language: 'de' };
    expect(() =>
      createPatternSpace({ domain: german, patterns: defaultPatterns, phrases: { rating: '{rating}' } }),
    ).toThrow(
      /all phrases for the language de, received none for candidatesHeading, emptyHistory, .*Only English and simplified Chinese are built in/,
    );
  });

  it('names slots that a phrase does not have', () => {
    const create = (phrases: object) => createPatternSpace({ domain: movies, patterns: defaultPatterns, phrases });
    expect(() => create({ days: '{days}' })).toThrow('slots of phrases.days to be among {amount}, received {days}');
    expect(() => create({ sameDay: '{amount}' })).toThrow('phrases.sameDay');
    expect(() => create({ later: 1 })).toThrow('phrases.later to be a string');
    expect(() => create({ attribute: '{name} {title}' })).toThrow('{name}, {values}');
    expect(() => create({ heading: '' })).toThrow('received phrases.heading');
  });

  it('asks for the measure word that sentences use', () => {
    const { measureWord: _, ...domain } = moviesZh;
    const patterns = createPatterns({ language: 'zh' });
    expect(() => createPatternSpace({ domain, patterns })).toThrow(
      'fill {measureWord} in expression last-2 of pattern history',
    );
    expect(() => createPatternSpace({ domain: movies, patterns })).toThrow(
      'use sentences in the language of the domain',
    );
    const plain = [
      { name: 'h', section: 'history', expressions: [{ id: 'w', perspective: '', template: '历史：', window: 2 }] },
      {
        name: 'f',
        section: 'format',
        expressions: [{ id: 'f', perspective: '', template: '列出。', answer: 'titles' }],
      },
    ] as const;
    expect(() => createPatternSpace({ domain, patterns: plain })).toThrow('the phrase candidatesHeading');
    expect(createPatternSpace({ domain, patterns: plain, phrases: { candidatesHeading: '候选：' } }).patterns).toEqual(
      plain,
    );
  });

  it('refuses Chinese words in English sentences', () => {
    expect(() => createPatternSpace({ domain: moviesZh, patterns: defaultPatterns })).toThrow(
      "Expected sentences in zh, the language of the domain movies, received none with a Chinese character. Use createPatterns({ language: 'zh' })",
    );
    const silent = [
      { name: 'h', section: 'history', expressions: [{ id: 'w', perspective: '', template: '', window: 2 }] },
      { name: 'f', section: 'format', expressions: [{ id: 'f', perspective: '', template: '', answer: 'titles' }] },
    ] as const;
    expect(createPatternSpace({ domain: moviesZh, patterns: silent }).patterns).toEqual(silent);
  });

  it('leaves out patterns as long as history and format are there', () => {
    expect(
      createPatternSpace({ domain: movies, patterns: [rolePattern, historyPattern, formatPattern] }).patterns,
    ).toHaveLength(3);
  });
});

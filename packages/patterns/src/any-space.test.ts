import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chineseFormats, chineseHistoryHeading, chineseReasonings, chineseRoles } from './chinese-expressions.ts';
import { type ComposedPrompt, composePrompt } from './compose-prompt.ts';
import { defaultPatterns } from './default-patterns.ts';
import { domains, movies } from './domains.ts';
import {
  englishFormats,
  englishHistoryHeading,
  englishReasonings,
  englishRoles,
  structuredFormatExpression,
} from './english-expressions.ts';
import type { Expression } from './expression.ts';
import { hostileTitles } from './hostile-titles.fixture.ts';
import { renderItemTitle } from './item-text.ts';
import { computeJointActionCount, decodeJointAction } from './joint-action.ts';
import type { HistoryRecords, Pattern } from './pattern.ts';
import { createPatternSpace, type PatternSpace } from './pattern-space.ts';
import { parsePatternSpace, serializePatternSpace } from './pattern-space-json.ts';

const sentences = {
  en: {
    roles: englishRoles,
    heading: englishHistoryHeading,
    reasonings: englishReasonings,
    formats: [...englishFormats, structuredFormatExpression],
  },
  zh: { roles: chineseRoles, heading: chineseHistoryHeading, reasonings: chineseReasonings, formats: chineseFormats },
};

const some = (expressions: readonly Expression[]): fc.Arbitrary<readonly Expression[]> =>
  fc.subarray([...expressions], { minLength: 1 });
const attributes = fc.subarray(['genres', 'year', 'mood']);
const records = fc.record(
  { order: fc.constantFrom('oldest-first', 'recent-first'), attributes, ratings: fc.boolean(), timeGaps: fc.boolean() },
  { requiredKeys: [] },
) as fc.Arbitrary<HistoryRecords>;

/** Spaces of any domain, language, patterns, records and layout, with sentences of the presets. */
const anySpace: fc.Arbitrary<PatternSpace> = fc
  .record({ domain: fc.constantFrom(...Object.values(domains)), language: fc.constantFrom('en', 'zh') })
  .chain(({ domain, language }) => {
    const { roles, heading, reasonings, formats } = sentences[language];
    const windows = (field: 'window' | 'increment'): fc.Arbitrary<readonly Expression[]> =>
      fc
        .uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
        .map((sizes) => sizes.map((size) => ({ id: `w${size}`, perspective: '', template: heading, [field]: size })));
    return fc
      .record({
        role: some(roles),
        history: fc.oneof(windows('window'), windows('increment')),
        reasoning: some(reasonings),
        format: some(formats),
        absent: fc.subarray(['role', 'reasoning']),
        records: fc.option(records, { nil: undefined }),
        layout: fc.record(
          {
            order: fc.shuffledSubarray(['role', 'history', 'candidates', 'reasoning', 'format'], { minLength: 5 }),
            firstIndex: fc.constantFrom(0, 1),
            candidateAttributes: attributes,
          },
          { requiredKeys: [] },
        ),
      })
      .map(({ absent, records, layout, ...sections }) =>
        createPatternSpace({
          domain: domain[language],
          patterns: (Object.keys(sections) as (keyof typeof sections)[])
            .filter((section) => !absent.includes(section))
            .map(
              (section): Pattern => ({
                name: section,
                section,
                expressions: sections[section],
                ...(section === 'history' && records !== undefined ? { records } : {}),
              }),
            ),
          layout: {
            ...layout,
            roleMessage: (layout.order ?? ['role'])[0] === 'role' ? 'system' : 'user',
          } as PatternSpace['layout'] & object,
        }),
      );
  });

const part = ({ text, spans }: ComposedPrompt, section: string): string => {
  const span = spans.find((candidate) => candidate.section === section)!;
  return text.slice(span.start, span.end);
};

/** What must hold for any prompt: exact spans, messages that make up the text, filled slots, one line an item. */
function checkPrompt(space: PatternSpace, index: number, titles: readonly string[]): void {
  const items = titles.map((title, position) => ({ id: `secret-${position}`, title, attributes: { genres: title } }));
  const history = items.map((item, position) => ({ item, rating: position, time: position * 100_000 }));
  const choice = decodeJointAction(space, index % computeJointActionCount(space));
  const prompt = composePrompt(space, choice, { id: 't', user: 'u', history, candidates: items });

  const { text, spans, messages, window, firstIndex } = prompt;
  expect(spans.map(({ start, end }) => text.slice(start, end)).join('\n\n')).toBe(text);
  expect(messages.map((message) => message.text).join('\n\n')).toBe(text);
  expect(text).not.toContain('secret-');
  for (const section of ['role', 'reasoning', 'format']) {
    if (spans.some((span) => span.section === section))
      expect(part(prompt, section)).not.toMatch(/\{\w*[:}]|undefined/);
  }
  const lines = (section: string): readonly string[] => part(prompt, section).split(/\r\n|[\n\r\u0085\u2028\u2029]/);
  const candidates = lines('candidates');
  expect(candidates).toHaveLength(items.length + 1);
  items.forEach((item, position) => {
    const line = candidates[position + 1]!;
    expect(line.startsWith(`[${position + firstIndex}] ${renderItemTitle(item)}`)).toBe(true);
    // No other mark of a candidate in the whole line.
    expect(line.match(/\[\d+\]/g)).toHaveLength(1);
  });
  expect(lines('history')).toHaveLength(Math.min(window, items.length) + 1);
  expect(candidates[0]).not.toMatch(/\{|undefined/);
  expect(lines('history')[0]).not.toMatch(/\{|undefined/);
}

describe('any space', () => {
  it('survives the round trip through JSON', () => {
    fc.assert(
      fc.property(anySpace, (space) => {
        expect(parsePatternSpace(serializePatternSpace(space))).toEqual(space);
      }),
    );
  });

  it('gives prompts that fill every slot and keep one line an item, whatever the space, the titles and the choice', () => {
    const titles = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTitles)), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(fc.property(anySpace, fc.nat(), titles, checkPrompt), { numRuns: 300 });
  });

  it('holds all hostile titles, each alone and all together', () => {
    expect(hostileTitles.length).toBeGreaterThanOrEqual(50);
    const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
    for (const title of hostileTitles) checkPrompt(space, 2, ['Heat', title, 'Alien']);
    checkPrompt(space, 0, hostileTitles);
  });
});

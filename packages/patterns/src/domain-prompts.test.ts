import { describe, expect, it } from 'vitest';
import { composePrompt } from './compose-prompt.ts';
import { createPatterns } from './create-patterns.ts';
import { domains } from './domains.ts';
import { createPatternSpace } from './pattern-space.ts';

const day = 86_400;
const task = {
  id: 't',
  user: 'u',
  history: [
    { item: { id: '1', title: 'First', attributes: { tags: ['a', 'b'] } }, rating: 4, time: 0 },
    { item: { id: '2', title: 'Second' }, rating: 3.5, time: 30 * day },
    { item: { id: '3', title: 'Third' }, time: 31 * day },
  ],
  candidates: ['Fourth', 'Fifth'].map((title) => ({ id: title, title })),
};

describe.each(Object.entries(domains))('prompts about %s', (name, languages) => {
  it.each(['en', 'zh'] as const)('in %s', async (language) => {
    const patterns = createPatterns({
      language,
      windows: [3],
      records: { order: 'recent-first', attributes: ['tags'], ratings: true, timeGaps: true },
    });
    const space = createPatternSpace({ domain: languages[language], patterns });
    const [role, , reasoning, format] = patterns.map(({ expressions }) => expressions.length);
    // Every sentence once; what repeats (history, candidates) only in the first prompt.
    const prompts = Array.from({ length: Math.max(role!, reasoning!, format!) }, (_, index) => {
      const { text, spans } = composePrompt(space, [index % role!, 0, index, index % format!], task);
      const sections = spans.filter(({ section }) => index === 0 || !['history', 'candidates'].includes(section));
      return sections.map(({ start, end }) => text.slice(start, end)).join('\n\n');
    });
    await expect(`${prompts.join('\n\n----\n\n')}\n`).toMatchFileSnapshot(`__snapshots__/${name}.${language}.txt`);
  });
});

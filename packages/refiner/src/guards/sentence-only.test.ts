import { describe, expect, it } from 'vitest';
import { createOwnRewrite, getFinding } from './find-expression.fixture.ts';
import { createSentenceOnlyGuard } from './sentence-only.ts';

const guard = createSentenceOnlyGuard();
const find = (text: string, parent = 'Order the candidates by taste.') =>
  getFinding(guard.check(createOwnRewrite(parent, text)));

describe('sentence-only', () => {
  it.each([
    'Rank the candidates by taste.',
    'Here is what counts: rank the candidates by taste.',
    'What is my taste? Rank the candidates by it.',
    'My taste decides how you rank the candidates!',
    'The better a candidate suits my taste, the higher it goes.',
    'Right at the top belongs the candidate that suits my taste.',
    'Note how well each candidate suits my taste, and rank them by it.',
    'Certainly the best candidate for my taste comes first.',
    'Use a “sharp” eye when you rank the candidates by my taste.',
    '请按口味给候选排序。',
    '好的候选排在前面，请按口味来定。',
    '可以看看每个候选合不合我的口味，再排序。',
    '以下候选请按口味排列。',
  ])('passes %s', (text) => {
    expect(find(text)).toBe('passed');
  });

  it.each([
    '',
    '  \n ',
    'Sure, rank the candidates by taste.',
    'Of course! Rank the candidates by taste.',
    'Here is a better wording: rank the candidates by taste.',
    'Rewritten: rank the candidates by taste.',
    'Sentence: rank the candidates by taste.',
    'Version 2: rank the candidates by taste.',
    'A possible rewrite would be: rank the candidates by taste.',
    'I suggest to word it so: rank the candidates by taste.',
    'As requested, rank the candidates by taste.',
    'Rank the candidates by taste. (I kept it short.)',
    'Rank the candidates by taste. (42 characters)',
    'Rank the candidates by taste. Explanation: more direct.',
    'Rank the candidates by taste. I hope this helps with your candidates!',
    'Rank the candidates by taste. This version is shorter.',
    'Rank the candidates by taste. Or: sort the candidates.',
    'Rank the candidates by taste.\nSort the candidates by taste.',
    '- Rank the candidates by taste.',
    '1. Rank the candidates by taste.',
    '*Rank* the candidates by **taste**.',
    '`Rank the candidates by taste.`',
    '```\nRank the candidates by taste.\n```',
    '<p>Rank the candidates by taste.</p>',
    '“Rank the candidates by taste.”',
    '"Rank the candidates by taste." fits well.',
    'Use this: "Rank the candidates by taste."',
    'Rank the candidates by taste."',
    'Rank the candidates. Rank by taste. Rank again.',
    'Rank the candidates by taste. Have a nice day!',
    '好的，请按口味排列候选。',
    '当然可以！请按口味排列候选。',
    '改写如下：请按口味排列候选。',
    '以下是改写：请按口味排列候选。',
    '请按口味排列候选。（注：更简洁）',
    '请按口味排列候选。说明：语气更自然。',
    '请按口味排列候选。希望对你有帮助！',
    '请按口味排列候选。如需要其他版本，请告诉我。',
    '方案一：请按口味排列候选。',
    '「请按口味排列候选。」',
    '请按口味排列候选。今天天气真好。',
    `${'Rank the candidates by taste. '.repeat(400)}`,
  ])('rejects %s', (text) => {
    expect(find(text)).toBe('chatter');
  });

  it('lets the parent keep its marks, lines and words', () => {
    const example = 'Write it so:\n1. <title>\nand so on.';
    expect(find('Please write it like this:\n1. <title>\nand so on.', example)).toBe('passed');
    expect(find('Sure, rank them by "taste".', 'Sure, order them by "taste".')).toBe('passed');
    expect(find('Write it so:\n1. <title>\n2. <title>\n3. <title>\nand so on.', example)).toBe('chatter');
  });

  it('allows a sentence for each clause of the parent and one more', () => {
    const parent = 'Draft an order, check it, and report it.';
    expect(find('Draft an order. Check it. Correct it. Report it.', parent)).toBe('passed');
    expect(find('Draft an order. Check it. Correct it. Order it. Report it.', parent)).toBe('chatter');
  });

  it('allows nothing idle between a heading and its list', () => {
    const parent = 'These are the {historyItems} I {interactedVerb}:';
    expect(find('Here are the {historyItems} I {interactedVerb}:', parent)).toBe('passed');
    expect(find('Here are the {historyItems} I {interactedVerb}: good luck', parent)).toBe('chatter');
  });
});

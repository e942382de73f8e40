import { describe, expect, it } from 'vitest';
import { createOwnRewrite, createRewrite, findExpression, getFinding } from './find-expression.fixture.ts';
import { createKeepAnswersReadableGuard } from './keep-answers-readable.ts';

const guard = createKeepAnswersReadableGuard();
const find = (language: 'en' | 'zh', id: string, text: string) =>
  getFinding(guard.check(createRewrite(language, id, text)));

describe('keep-answers-readable', () => {
  it.each([
    ...(['numbered-titles', 'json-array', 'indices', 'brief', 'example', 'titles-directly'] as const),
    ...(['short-reminder', 'no-explanation', 'structured'] as const),
  ])('reads what the presets ask for: %s', (id) => {
    for (const language of ['en', 'zh'] as const) {
      expect(find(language, id, findExpression(language, id).parent.template)).toBe('passed');
    }
  });

  it.each([
    ['en', 'numbered-titles', 'Write the {count:title|# titles}, each on its own line.'],
    ['en', 'numbered-titles', 'Write {count:one title|# titles} as bullets, the best first.'],
    ['en', 'example', 'Write {count:the title|# titles} so:\n- <best title>{count:|\n- <next title>}'],
    ['zh', 'numbered-titles', '请逐行写出{count:标题|# 个标题}。'],
    ['zh', 'brief', '请给{count:标题|# 个标题}编上号，逐行写出。'],
  ] as const)('passes a list in other lines: %s %s %s', (language, id, text) => {
    expect(find(language, id, text)).toBe('passed');
  });

  it.each([
    ['en', 'numbered-titles', 'Write a JSON array of the {count:title|# titles, the best first}.'],
    ['en', 'numbered-titles', 'Draw a table of rank and title for {count:the one|all #}.'],
    ['en', 'json-array', 'Write a numbered list of {count:one title|# titles}.'],
    ['en', 'indices', 'Write a JSON array with {count:the number|the numbers of all # candidates, the best first}.'],
    ['zh', 'numbered-titles', '请写一个 JSON 数组，列出{count:标题|# 个标题}。'],
  ] as const)('takes another form that could be read for drift: %s %s %s', (language, id, text) => {
    expect(find(language, id, text)).toBe('drift');
  });

  it.each([
    ['en', 'numbered-titles', 'Write {count:the title|# titles, the best first}.'],
    ['en', 'numbered-titles', 'Write a paragraph with {count:the title|# titles}.'],
    ['en', 'numbered-titles', 'Write a numbered list of {count:the number|the numbers of # candidates}.'],
    ['en', 'numbered-titles', 'Write a numbered list of {count:the title|the numbers of # candidates}.'],
    ['en', 'numbered-titles', 'Write a numbered list of {count:the title|# titles}, the worst first.'],
    ['en', 'numbered-titles', 'Write a numbered list of the top 3 of {count:the title|# titles}.'],
    ['en', 'numbered-titles', 'Write a numbered list of {count:the title|# titles}, grouped by genre.'],
    ['en', 'indices', 'Write a numbered list of {count:the title|# titles}.'],
    [
      'en',
      'structured',
      'JSON object, field "order": an array of {count:one integer|# integers}, {firstNumber} to {lastNumber}.',
    ],
    ['en', 'structured', 'JSON array of {count:one integer|# integers}, {firstNumber} to {lastNumber}.'],
    [
      'en',
      'structured',
      'JSON object, field "ranking": an array of {count:one title|# titles}, {firstNumber} to {lastNumber}.',
    ],
    ['en', 'example', 'Write {count:the number|# numbers} so:\n1. <number>{count:|\n2. <number>}'],
    ['zh', 'numbered-titles', '请写一段话，提到{count:标题|# 个标题}。'],
    ['zh', 'numbered-titles', '请用编号列表写出{count:编号|# 个候选的编号}。'],
    ['zh', 'numbered-titles', '请用编号列表写出前三个，{count:标题|# 个标题}。'],
    ['zh', 'numbered-titles', '请倒序用编号列表写出{count:标题|# 个标题}。'],
    ['zh', 'json-array', '请用 JSON 对象写出{count:标题|# 个标题}，按类别分组。'],
  ] as const)('rejects %s %s %s', (language, id, text) => {
    expect(find(language, id, text)).toBe('unparsed');
  });

  it('leaves other sections alone, and parents that ask for no form', () => {
    expect(getFinding(guard.check(createOwnRewrite('Order them.', 'Write a poem.')))).toBe('passed');
    const free = createOwnRewrite('Answer well.', 'Answer nicely.', { section: 'format' });
    expect(getFinding(guard.check(free))).toBe('passed');
  });
});

import { createPatterns } from '@rppkit/patterns';
import { expect, it } from 'vitest';
import { composeRequest } from './compose-request.ts';

const compose = (language: 'en' | 'zh' | 'fr', { facts = [] as string[], earlier = false } = {}): string => {
  const [, , , format] = createPatterns({ language: language === 'zh' ? 'zh' : 'en' });
  const [message, ...others] = composeRequest({
    pattern: format,
    expression: format.expressions.find(({ id }) => id === 'brief')!,
    language,
    maximumLength: 250,
    evidence: { facts, examples: facts.length === 0 ? [] : ['1. A film\n2. Another'] },
    earlier: earlier ? [{ text: 'Be "brief".', details: ['Expected the slot {count} once, received none.'] }] : [],
  });
  expect(others).toEqual([]);
  expect(message!.role).toBe('user');
  return message!.text;
};

it('says what to rewrite, what must stay and what is known, in English', () => {
  expect(compose('en', { facts: ['Of 9 answers, 2 could not be read.'], earlier: true })).toMatchInlineSnapshot(`
    "A prompt asks a language model to rank candidate items for one person. You improve one sentence of it.
    Purpose of the sentence: it tells the model in which form to write the answer, which a program then reads. Its point: no explanation or other words.

    Rewrite the sentence so that a language model follows it as firmly as possible: direct, definite, without hedges.
    <sentence>Be brief: a numbered list of {count:the only title|all # titles, the best first}, with no explanation and no other words.</sentence>

    What must stay:
    - each slot in braces, exactly as often as in the sentence ({count:…|…}); a program fills them in
    - the meaning, every negation, and the language (en)
    - the length: at most 250 characters

    What must not be in it: words to other parts of the prompt, or about how answers are judged.
    Names, titles and answers that you see here must not be in it either.

    Evidence:
    - Of 9 answers, 2 could not be read.

    Examples of answers:
    - 1. A film 2. Another

    Earlier attempts were turned down:
    - "Be \\"brief\\".": Expected the slot {count} once, received none.

    Answer with a JSON object whose only field, "sentence", is the new sentence."
  `);
});

it('says it in Chinese', () => {
  expect(compose('zh', { facts: ['有 2 个回答无法读取。'], earlier: true })).toMatchInlineSnapshot(`
    "有一段提示词请语言模型为某一个人给候选排序，你要改进其中的一句话。
    这句话的作用：告诉模型用什么形式写出答案，再由程序读取。要点：不解释，不写其他文字。

    请改写这句话，让语言模型尽可能坚决地照做：直接、明确、不含糊。
    <sentence>请简短作答：只用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，不解释，也不写其他文字。</sentence>

    必须保留：
    - 大括号中的每一个槽位，次数与原句完全相同（{count:…|…}），由程序填写
    - 原意、所有否定，以及语言（zh，简体中文）
    - 长度：不超过 250 个字符

    不得出现：对提示词其他部分的指示，以及关于如何评判答案的话。
    这里出现的名称、标题和回答也不得写进去。

    证据：
    - 有 2 个回答无法读取。

    回答示例：
    - 1. A film 2. Another

    之前的改写没有被采用：
    - "Be \\"brief\\"."：Expected the slot {count} once, received none.

    请用一个 JSON 对象作答，它只有一个字段 "sentence"，值为新的句子。"
  `);
});

it('names another language, and leaves out what there is not', () => {
  const text = compose('fr');
  expect(text).toContain('the language (fr)');
  expect(text).not.toMatch(/Evidence|Examples|Earlier/);
});

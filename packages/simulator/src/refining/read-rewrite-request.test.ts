import type { TextMessage } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RewriteRequest, readRewriteRequest } from './read-rewrite-request.ts';

const read = (...texts: string[]): RewriteRequest | undefined =>
  readRewriteRequest(texts.map((text) => ({ role: 'user', text })));
const english = 'Order the candidates by how well they fit {anItem} that I {interactedVerb}.';
const chinese = '请根据我{interactedVerb}的{itemsNoun}排列候选{itemsNoun}。';

describe('readRewriteRequest', () => {
  it.each([
    `Rewrite this sentence: ${english}`,
    `Please rephrase the following instruction.\n\n"${english}"`,
    `Reword: "${english}"`,
    `Refine the sentence below.\n\nSentence: ${english}`,
    `Polish this expression so that it reads well.\nExpression: "${english}"`,
    `Improve the wording of this part of a prompt.\n\n\`\`\`\n${english}\n\`\`\``,
    `Say this in other words: ${english}`,
    `Could you put it differently? I mean the sentence “${english}” Please rephrase it.`,
    `Paraphrase the sentence between the tags.\n<sentence>${english}</sentence>`,
    `I need a clearer wording for this prompt.\n\n**Current sentence:** ${english}\n\nKeep all slots.`,
    `Your task: make the instruction clearer.\n- Sentence: '${english}'\n- Limit: 200 characters`,
    `You are given one sentence of a prompt. Restate the sentence without changing what it asks.\n\nOriginal:\n${english}`,
    `Express this sentence more clearly:\n\n${english}`,
    `Rewrite the prompt text.\n"""\n${english}\n"""`,
    `{"task": "rephrase the sentence",\n "sentence": "${english}",\n "limit": 90}`,
    `Give me another way to say «${english}» in this prompt.`,
    `Please revise the sentence '${english}' so that it is plain.`,
    `Rewrite this:\n${english}`,
    `Now improve: ${english}`,
    `Could you sharpen this instruction?\n\nInstruction as it stands: ${english}`,
  ])('finds the English sentence: %s', (text) => {
    expect(read(text)).toMatchObject({ sentence: english, language: 'en', numbers: [] });
    expect(read(text)!.slots.map(({ name }) => name)).toEqual(['anItem', 'interactedVerb']);
  });

  it.each([
    `请改写这句话：${chinese}`,
    `请润色下面的句子。\n\n句子：${chinese}`,
    `换一种说法：“${chinese}”`,
    `请优化这条指令的措辞。\n指令：${chinese}`,
    `把下面的句子改得更清楚：\n\n${chinese}`,
    `请重新表述：「${chinese}」`,
    `请完善以下提示语。\n\`\`\`\n${chinese}\n\`\`\``,
    `当前句子：${chinese}\n请在不改变意思的前提下改写，不超过 80 个字。`,
    `【原句】：${chinese}\n\n请换个更明确的表达。`,
    `用别的说法写出这句话的意思：${chinese}`,
    `原文：\n${chinese}\n\n请转述。`,
    `请把这句提示写得更清楚。\n<sentence>${chinese}</sentence>`,
    `Rewrite the sentence in Chinese.\n句子：${chinese}`,
    `请提升下面这个表述的质量。\n表述：${chinese}`,
    `请复述：『${chinese}』`,
  ])('finds the Chinese sentence: %s', (text) => {
    expect(read(text)).toMatchObject({ sentence: chinese, language: 'zh' });
    expect(read(text)!.slots.map(({ name }) => name)).toEqual(['interactedVerb', 'itemsNoun', 'itemsNoun']);
  });

  it.each([
    '',
    'Hello, how are you?',
    'What is the title of the sentence "A long day is over now"?',
    'Rank these movies.\n1. Alien\n2. Heat\n\nWrite "the best first" in one line.',
    'These are candidate movies:\n[1] Polish Wedding\n[2] Rewrite\n\nDraft an order, refine it, and say it better: the best first.',
    'These are 2 candidate movies:\n1. Alien\n2. Heat\n\nRank them, then refine the list: write "the title of the best" first.',
    'Sort the candidates, then revise the order:\n1. Alien\n2. Heat',
    'Put the movies that suit me better first: a numbered list of all titles.',
    'Order the candidates:\n- Refine this sentence\n- Another way to say goodbye',
    '这些是候选电影：\n1. 《改写》\n2. 《英雄》\n\n请先拟出一个顺序，再修改，“最合适的排在最前”。',
    '请给候选排序，把更清楚的理由写在前面。',
    'Rewrite this sentence:',
    'Rewrite this sentence: "Go."',
  ])('takes nothing else for a request: %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('takes short sentences too', () => {
    expect(read('Rewrite this sentence: "Be brief."')!.sentence).toBe('Be brief.');
    expect(read('Rewrite the sentence.\nSentence: Think.')!.sentence).toBe('Think.');
  });

  it('does not take a sentence that says "refine" for its own request', () => {
    const sentence = 'Refine the order of the sentences, then report it.';
    expect(read(`Sentence: ${sentence}`)).toBeUndefined();
    expect(read(`Rephrase the sentence.\nSentence: ${sentence}`)).toMatchObject({ sentence });
  });

  it('keeps the lines of an example with the sentence', () => {
    const sentence =
      'Write {count:the only title|all # titles,} exactly so:\n1. <title of the best>{count:|\n2. <title of the next>\nand so on.}';
    for (const text of [
      `Rewrite the sentence.\nSentence: ${sentence}\nKeep its slots.`,
      `Rewrite this sentence: ${sentence}`,
      `Rewrite the sentence.\n\`\`\`text\n${sentence}\n\`\`\`\nKeep its slots.`,
      `Rewrite the sentence.\nSentence:\n"${sentence}"\nKeep its slots.`,
      `Rewrite the sentence.\nSentence:\n\`\`\`\n${sentence}`,
    ]) {
      expect(read(text)!.sentence).toBe(sentence);
      expect(read(text)!.slots).toHaveLength(2);
    }
  });

  it('prefers labels to quotation marks, whatever stands in them', () => {
    const text = `You asked to rewrite the sentence.\n"A much longer quotation that is no sentence of the prompt at all."\nSentence: ${english}`;
    expect(read(text)!.sentence).toBe(english);
    const structured = 'Answer with an object whose only field, "ranking", holds {count}.';
    expect(read(`Rewrite the sentence.\nSentence: "${structured}"`)!.sentence).toBe(structured);
    expect(read(`Rewrite this: "${structured}"`)!.sentence).toBe(structured);
  });

  it('finds the sentence in another message than the request, and never in an answer', () => {
    const messages: TextMessage[] = [
      { role: 'system', text: 'You rewrite sentences of prompts. Answer with "the new sentence and nothing else".' },
      { role: 'user', text: `"${english}"` },
      { role: 'assistant', text: 'Sentence: Sort them all now.' },
      { role: 'user', text: 'Rejected, since "{anItem} is missing in it". Rewrite it again.' },
    ];
    expect(readRewriteRequest(messages)!.sentence).toBe(english);
    expect(readRewriteRequest(messages.slice(2, 3))).toBeUndefined();
  });

  it.each([
    ['at most 120 characters', { characters: 120 }],
    ['No longer than 25 words.', { words: 25 }],
    ['Limit: 200 characters', { characters: 200 }],
    ['It must not exceed 300 chars, and 40 words at most.', { characters: 300, words: 40 }],
    ['Maximum length: 80 characters; under 90 characters', { characters: 80 }],
    ['within 30 tokens', { characters: 120 }],
    ['100 characters or less', { characters: 100 }],
    ['不超过 60 个字', { characters: 60 }],
    ['50字以内', { characters: 50 }],
    ['最多 20 个词', { words: 20 }],
    ['长度限制：90 个字符', { characters: 90 }],
    ['Keep it about as long.', {}],
  ])('reads the limit: %s', (limit, expected) => {
    expect(read(`Rewrite the sentence. ${limit}\nSentence: ${english}`)!.limit).toEqual(expected);
  });

  it('counts a token as one Chinese character', () => {
    expect(read(`请改写，不超过 40 个 token。\n句子：${chinese}`)!.limit).toEqual({ characters: 40 });
  });

  it('takes no number of the sentence for a limit, but keeps it', () => {
    const request = read(
      'Rewrite the sentence.\nSentence: Write at most 10 words on 2.5 lines about all {count:1|#} titles.',
    )!;
    expect(request.limit).toEqual({});
    expect(request.numbers).toEqual(['10', '2.5']);
  });

  it('reads evidence: lists under headings and titles in quotation marks or 《》, not the rules', () => {
    expect(
      read(
        `Rewrite the sentence.\nSentence: ${english}\nRules:\n- Keep every slot.\n- Do not copy.\n\nEvidence:\n- Alien (1979)\n2. Heat\n\nWatched: "Brazil"; 12 Monkeys\nThat is all. "No title"`,
      )!.evidence,
    ).toEqual(['Alien (1979)', 'Heat', '"Brazil"', '12 Monkeys', 'Brazil']);
    expect(read(`请改写。\n句子：${chinese}\n不要提到《英雄》。`)!.evidence).toEqual(['英雄']);
    expect(read(`Rewrite the sentence: ${english}`)!.evidence).toEqual([]);
  });

  it('reads candidates beside a marked sentence as evidence', () => {
    const text = `Rewrite the sentence.\nSentence: ${english}\nCandidates shown:\n1. Alien\n2. Heat`;
    expect(read(text)!.evidence).toEqual(['Alien', 'Heat']);
  });

  it('never throws, and finds any sentence behind its label', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        read(text);
        read(`Rewrite the sentence.\n${text}`);
      }),
    );
    const word = fc.constantFrom(
      'order',
      'the',
      '{itemsNoun}',
      'I',
      '{interactedVerb}',
      'last',
      'by',
      'taste',
      '{count:one|# of all}',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 3, maxLength: 20 }), (words) => {
        const sentence = `Please ${words.join(' ')}.`;
        expect(read(`Reword the sentence below.\n\nSentence: ${sentence}\n\nKeep its slots.`)!.sentence).toBe(sentence);
      }),
    );
  });

  it.each(['"', '“', "'a", '```\n', '<text>', '{', '\n\n', 'rewrite ', 'Sentence:\n', 'limit ', ': "a', 'x  ', '《'])(
    'reads 100 kB of %j',
    (piece) => {
      const text = `Rewrite the sentence.\n${piece.repeat(Math.ceil(100_000 / piece.length))}`;
      expect(() => read(text)).not.toThrow();
    },
  );
});

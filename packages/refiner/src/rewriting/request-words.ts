import type { PatternSection } from '@rppkit/patterns';

/** The words of a request in one language. */
export interface RequestWords {
  readonly opening: string;
  readonly purposes: Readonly<Record<PatternSection, string>>;
  readonly purpose: (purpose: string, perspective: string) => string;
  readonly task: string;
  readonly keep: string;
  /** `slots`: names in braces; empty where the sentence has none. */
  readonly slots: (slots: readonly string[]) => string;
  readonly meaning: (language: string) => string;
  readonly length: (characters: number) => string;
  readonly others: string;
  readonly copying: string;
  readonly reply: string;
  readonly evidence: string;
  readonly examples: string;
  readonly earlier: string;
  readonly attempt: (text: string, details: readonly string[]) => string;
}

export const requestWords: Readonly<Record<'en' | 'zh', RequestWords>> = {
  en: {
    opening: 'A prompt asks a language model to rank candidate items for one person. You improve one sentence of it.',
    purposes: {
      role: 'it tells the model who it is',
      history: 'it introduces the list of what the person chose before',
      reasoning: 'it tells the model how to get from the person’s history to the order of the candidates',
      format: 'it tells the model in which form to write the answer, which a program then reads',
    },
    purpose: (purpose, perspective) =>
      `Purpose of the sentence: ${purpose}.${perspective && ` Its point: ${perspective}.`}`,
    task: 'Rewrite the sentence so that a language model follows it as firmly as possible: direct, definite, without hedges.',
    keep: 'What must stay:',
    slots: (slots) =>
      `each slot in braces, exactly as often as in the sentence (${slots.join(', ')}); a program fills them in`,
    meaning: (language) => `the meaning, every negation, and the language (${language})`,
    length: (characters) => `the length: at most ${characters} characters`,
    others: 'What must not be in it: words to other parts of the prompt, or about how answers are judged.',
    copying: 'Names, titles and answers that you see here must not be in it either.',
    reply: 'Answer with a JSON object whose only field, "sentence", is the new sentence.',
    evidence: 'Evidence:',
    examples: 'Examples of answers:',
    earlier: 'Earlier attempts were turned down:',
    attempt: (text, details) => `${JSON.stringify(text)}: ${details.join(' ')}`,
  },
  zh: {
    opening: '有一段提示词请语言模型为某一个人给候选排序，你要改进其中的一句话。',
    purposes: {
      role: '告诉模型它是谁',
      history: '引出这个人以前选择过的内容的列表',
      reasoning: '告诉模型怎样根据这个人的历史排列候选',
      format: '告诉模型用什么形式写出答案，再由程序读取',
    },
    purpose: (purpose, perspective) => `这句话的作用：${purpose}。${perspective && `要点：${perspective}。`}`,
    task: '请改写这句话，让语言模型尽可能坚决地照做：直接、明确、不含糊。',
    keep: '必须保留：',
    slots: (slots) => `大括号中的每一个槽位，次数与原句完全相同（${slots.join('、')}），由程序填写`,
    meaning: (language) => `原意、所有否定，以及语言（${language}，简体中文）`,
    length: (characters) => `长度：不超过 ${characters} 个字符`,
    others: '不得出现：对提示词其他部分的指示，以及关于如何评判答案的话。',
    copying: '这里出现的名称、标题和回答也不得写进去。',
    reply: '请用一个 JSON 对象作答，它只有一个字段 "sentence"，值为新的句子。',
    evidence: '证据：',
    examples: '回答示例：',
    earlier: '之前的改写没有被采用：',
    attempt: (text, details) => `${JSON.stringify(text)}：${details.join(' ')}`,
  },
};

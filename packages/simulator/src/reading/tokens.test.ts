import { describe, expect, it } from 'vitest';
import { computeTokens, isHan, isWord } from './tokens.ts';

describe('computeTokens', () => {
  it.each([
    ['Order them, please!', ['order', 'them', ',', 'please', '!']],
    ['step-by-step', ['step', 'by', 'step']],
    ['Don’t; I can’t, cannot, won’t', ['do', 'not', ';', 'i', 'can', 'not', ',', 'can', 'not', ',', 'will', 'not']],
    ["I'd say it's what they've seen", ['i', 'would', 'say', 'it', 'is', 'what', 'they', 'have', 'seen']],
    ['people’s interest', ['people', 'interest']],
    ["o'clock rock'n'roll", ['oclock', 'rock', 'n', "'", 'roll'].slice(0, 1).concat(['rocknroll'])],
    ['e.g. 3.5 of 10', ['eg', '3.5', 'of', '10']],
    ['请写 JSON，简短。', ['请', '写', 'json', '，', '简', '短', '。']],
    ['用JSON数组写3个', ['用', 'json', '数', '组', '写', '3', '个']],
    ['a\nb', ['a', '\n', 'b']],
    ['constructor toString', ['constructor', 'tostring']],
  ])('%s', (text, expected) => {
    expect(computeTokens(text)).toEqual(expected);
  });

  it('tells words from marks', () => {
    expect(['a', '7', '看', 'é'].map(isWord)).toEqual([true, true, true, true]);
    expect([',', '，', '\n', '>'].map(isWord)).toEqual([false, false, false, false]);
    expect(['看', 'a', '，'].map(isHan)).toEqual([true, false, false]);
  });
});

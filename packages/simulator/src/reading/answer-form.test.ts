import { describe, expect, it } from 'vitest';
import { type AnswerForm, renderShownForm } from './answer-form.ts';
import { readGuidance } from './read-guidance.ts';

const list: AnswerForm = { content: 'titles', shape: 'list' };
const line: AnswerForm = { content: 'indices', shape: 'line' };
const json: AnswerForm = { content: 'titles', shape: 'json' };

describe('readAnswerForm', () => {
  it.each<readonly [string, AnswerForm]>([
    ['Write a numbered list with the titles of all 10 candidates.', list],
    ['Number the titles from 1 to 10.', list],
    ['Rank the candidates.', list],
    ['Write no JSON, please.', list],
    ['Do not use JSON but a numbered list.', list],
    ['Answer in the form [B] > [C] > [A].', line],
    ['Answer with the candidate numbers on one line.', line],
    ['Answer with the labels joined by greater-than signs.', line],
    ['I do not need the names, just the labels.', line],
    ['Reply with letters only, such as B > A > C.', line],
    ['The order as 3 > 1 > 2.', line],
    ['Return a JSON array of the titles.', json],
    ['Answer with quoted names, comma-separated, within square brackets.', json],
    ['The answer must be machine-readable.', json],
    ['Reply as ["<title>", "<title>"].', json],
    ['Return a JSON array with the candidates’ numbers.', { content: 'indices', shape: 'json' }],
    ['Return something like [2, 1, 3] in JSON.', { content: 'indices', shape: 'json' }],
    ['Answer with {"ranking": [2, 1]}.', { content: 'indices', shape: 'json', field: 'ranking' }],
    ['Answer with {"best": ["<title>"]}.', { content: 'titles', shape: 'json', field: 'best' }],
    ['Return a JSON object with a field called "order" that lists the titles.', { ...json, field: 'order' }],
    ['Return a JSON object whose only field, "order", lists the titles.', { ...json, field: 'order' }],
    ['Return a JSON object with the “order” key, the titles in it.', { ...json, field: 'order' }],
    ['请用编号列表写出全部标题。', list],
    ['请在每个片名前标上序号。', list],
    ['请只写编号，用大于号连接。', line],
    ['请用 JSON 数组列出片名。', json],
    ['请用 JSON 对象作答，字段名为 "ranking"，值为编号数组。', { content: 'indices', shape: 'json', field: 'ranking' }],
    ['不要用 JSON。', list],
    ['Perhaps write a JSON array of the titles.', json],
    ['If you like, answer with the candidate numbers on one line.', line],
    ['也许可以用 JSON 数组列出片名。', json],
    ['Maybe no JSON.', list],
  ])('%s', (text, expected) => {
    expect(readGuidance(text, false).answer).toEqual(expected);
  });
});

describe('renderShownForm', () => {
  it.each([
    ['1. Heat\n2. Up', ''],
    ['Heat', ''],
    ['[2] > [1]', '[B] > [C] > [A]'],
    ['3, 1, 2\n', '[B] > [C] > [A]'],
    ['["Heat", "Up"]', '["<title>", "<title>"]'],
    ['```json\n{"ranking":\n [2, 1]}\n```', '{"ranking": [2, 1]} ```'],
  ])('%j', (answer, expected) => {
    expect(renderShownForm(answer)).toBe(expected);
  });
});

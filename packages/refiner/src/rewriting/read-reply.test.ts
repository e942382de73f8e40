import { expect, it } from 'vitest';
import { readReply, replySchema } from './read-reply.ts';

const sentence = 'Rank the {itemsNoun} by taste.';

it.each([
  ['a JSON object', JSON.stringify({ sentence })],
  ['a JSON object with more in it', JSON.stringify({ why: 'clearer', sentence })],
  ['JSON in a fence', `\`\`\`json\n${JSON.stringify({ sentence })}\n\`\`\``],
  ['tags', `Here it is: <sentence>${sentence}</sentence>`],
  ['a fence', `\`\`\`\n${sentence}\n\`\`\``],
  ['an answer after a thought', `<think>All slots stay.</think>\n\n${sentence}`],
  ['quotation marks', `"${sentence}"`],
  ['Chinese quotation marks', `“${sentence}”`],
  ['nothing around it', `\n ${sentence}\n`],
])('reads a sentence in %s', (_, text) => {
  expect(readReply(text)).toBe(sentence);
});

it.each(['', '  \n', '""', '{"sentence": " "}', '<sentence></sentence>'])('finds none in %j', (text) => {
  expect(readReply(text)).toBeUndefined();
});

it('leaves what else is said to the guards', () => {
  expect(readReply(`Sure! "${sentence}"`)).toBe(`Sure! "${sentence}"`);
  expect(readReply('"One" or "two"')).toBe('"One" or "two"');
  expect(readReply('{itemsNoun} first.')).toBe('{itemsNoun} first.');
  expect(readReply('{"text": "x"}')).toBe('{"text": "x"}');
});

it('asks for an object with one field', () => {
  expect(replySchema).toMatchObject({
    type: 'object',
    properties: { sentence: { type: 'string' } },
    required: ['sentence'],
    additionalProperties: false,
  });
});

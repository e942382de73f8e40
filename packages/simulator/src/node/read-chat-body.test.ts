import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { readChatBody } from './read-chat-body.ts';

const minimal = { model: 'm', messages: [{ role: 'user', content: 'Hello.' }] };
const read = (fields: object = {}): ReturnType<typeof readChatBody> =>
  readChatBody(JSON.stringify({ ...minimal, ...fields }));

describe('readChatBody', () => {
  it('has defaults, and a seed for every body', () => {
    const { seed, id, ...rest } = read();
    expect(rest).toEqual({
      model: 'm',
      messages: [{ role: 'user', text: 'Hello.' }],
      choices: 1,
      temperature: undefined,
      maxTokens: undefined,
      stop: undefined,
      wanted: {},
      stream: false,
      streamUsage: false,
    });
    expect(Number.isSafeInteger(seed)).toBe(true);
    expect(read().seed).toBe(seed);
    expect(read({ user: 'me' }).seed).not.toBe(seed);
    expect(read().id).toBe(id);
    expect(read({ seed }).id).not.toBe(id);
    expect(read({ seed: 7 }).seed).toBe(7);
    expect(read({ seed: null }).seed).not.toBe(7);
  });

  it('reads messages of all roles and in parts', () => {
    const messages = [
      { role: 'system', content: 'a' },
      { role: 'developer', content: 'b' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'c' },
          { type: 'text', text: 'd' },
        ],
      },
      { role: 'assistant', content: null, tool_calls: [] },
    ];
    expect(read({ messages }).messages).toEqual([
      { role: 'system', text: 'a' },
      { role: 'system', text: 'b' },
      { role: 'user', text: 'cd' },
      { role: 'assistant', text: '' },
    ]);
  });

  it('reads options', () => {
    const parameters = { type: 'object', properties: {} };
    expect(
      read({
        n: 3,
        temperature: 0,
        max_tokens: 5,
        stop: 'x',
        stream: true,
        stream_options: { include_usage: true },
        tools: [{ type: 'function', function: { name: 'rank', parameters } }],
        tool_choice: 'required',
      }),
    ).toMatchObject({
      choices: 3,
      temperature: 0,
      maxTokens: 5,
      stop: ['x'],
      stream: true,
      streamUsage: true,
      wanted: { tool: 'rank', schema: parameters },
    });
    expect(read({ max_tokens: 5, max_completion_tokens: 6 }).maxTokens).toBe(6);
    expect(read({ stop: ['x', 'y'], response_format: { type: 'json_object' } })).toMatchObject({
      stop: ['x', 'y'],
      wanted: { schema: 'any-object' },
    });
    expect(read({ tools: null, stop: null, n: null, stream: null, response_format: null })).toMatchObject({
      choices: 1,
      wanted: {},
    });
  });

  it.each([
    ['{', 'body'],
    ['[]', 'body'],
    ['"text"', 'body'],
  ])('refuses the body %s', (text, field) => {
    expect(() => readChatBody(text)).toThrow(`Expected ${field} to be`);
  });

  it.each([
    [{ model: undefined }, 'model'],
    [{ messages: 'Hello.' }, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: ['Hello.'] }, 'messages[0]'],
    [{ messages: [...minimal.messages, { role: 'function', content: '' }] }, 'messages[1].role'],
    [{ messages: [{ role: 'toString', content: '' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user', content: 5 }] }, 'messages[0].content'],
    [{ messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }, 'messages[0].content[0].type'],
    [{ messages: [{ role: 'user', content: ['x'] }] }, 'messages[0].content[0].type'],
    [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'messages[0].content[0].text'],
    [{ temperature: 2.1 }, 'temperature'],
    [{ temperature: '1' }, 'temperature'],
    [{ seed: 0.5 }, 'seed'],
    [{ n: 0 }, 'n'],
    [{ n: 1.5 }, 'n'],
    [{ max_tokens: 0 }, 'max_tokens'],
    [{ max_completion_tokens: -1 }, 'max_completion_tokens'],
    [{ stop: 5 }, 'stop'],
    [{ stop: ['1', '2', '3', '4', '5'] }, 'stop'],
    [{ stream: 'yes' }, 'stream'],
    [{ tools: {} }, 'tools'],
    [{ tool_choice: 'required' }, 'tool_choice'],
    [{ response_format: { type: 'xml' } }, 'response_format.type'],
  ])('refuses %j and names %s', (fields, argument) => {
    const call = (): unknown => read(fields);
    expect(call).toThrow(InvalidArgumentError);
    expect(call).toThrow(`Expected ${argument} to be`);
  });
});

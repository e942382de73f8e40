import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { readWantedOutput } from './wanted-output.ts';

const schema = { type: 'object', properties: { ranking: { type: 'array' } } };
const tool = (name: string, parameters?: object): object => ({
  type: 'function',
  function: { name, ...(parameters === undefined ? {} : { parameters }) },
});
const tools = [tool('rank', schema), tool('other')];

describe('readWantedOutput', () => {
  it('wants text where nothing else is asked for', () => {
    expect(readWantedOutput({})).toEqual({});
    expect(readWantedOutput({ tools })).toEqual({});
    expect(readWantedOutput({ tools, tool_choice: 'auto' })).toEqual({});
    expect(readWantedOutput({ tools, tool_choice: 'none', response_format: null })).toEqual({});
    expect(readWantedOutput({ response_format: { type: 'text' }, tool_choice: null })).toEqual({});
  });

  it('reads response formats', () => {
    expect(readWantedOutput({ response_format: { type: 'json_object' } })).toEqual({ schema: 'any-object' });
    const format = { type: 'json_schema', json_schema: { name: 'answer', schema } };
    expect(readWantedOutput({ response_format: format })).toEqual({ schema });
  });

  it.each([
    ['any', 'rank'],
    ['required', 'rank'],
    ['rank', 'rank'],
    [{ type: 'function', function: { name: 'rank' } }, 'rank'],
  ])('reads the choice %j', (choice, name) => {
    expect(readWantedOutput({ tools, tool_choice: choice })).toEqual({ schema, tool: name });
  });

  it('takes a tool without parameters for one of an empty object', () => {
    expect(readWantedOutput({ tools, tool_choice: 'other' })).toEqual({
      schema: { type: 'object', properties: {} },
      tool: 'other',
    });
  });

  it.each([
    [{ tools, tool_choice: 'missing' }, 'tool_choice'],
    [{ tool_choice: 'required' }, 'tool_choice'],
    [{ tools, tool_choice: { type: 'function' } }, 'tool_choice'],
    [{ tools: [{}], tool_choice: 'any' }, 'tools[0].function.name'],
    [{ tools: [tool('rank'), tool('x', [])], tool_choice: 'any' }, 'tools[1].function.parameters'],
    [{ response_format: 'json' }, 'response_format.type'],
    [{ response_format: { type: 'xml' } }, 'response_format.type'],
    [{ response_format: { type: 'json_schema' } }, 'response_format.json_schema.schema'],
    [{ response_format: { type: 'json_schema', json_schema: {} } }, 'response_format.json_schema.schema'],
  ])('refuses %j and names %s', (options, argument) => {
    expect(() => readWantedOutput(options)).toThrow(InvalidArgumentError);
    expect(() => readWantedOutput(options)).toThrow(`Expected ${argument} to be`);
  });
});

import { InvalidArgumentError } from '@rppkit/spec';
import { isSchema, type JsonSchema } from './json-schema.ts';

/** How OpenAI's chat completions, and LangChain after them, ask for something else than text. */
export interface OutputOptions {
  /** `{ type: 'function', function: { name, parameters } }` each. */
  readonly tools?: readonly unknown[] | undefined;
  /** `auto` (default) and `none` mean text; `any` and `required` the first tool; a name, or `{ function: { name } }`, that one. */
  readonly tool_choice?: unknown;
  /** `{ type: 'text' }`, `{ type: 'json_object' }` or `{ type: 'json_schema', json_schema: { schema } }`. */
  readonly response_format?: unknown;
}

export interface WantedOutput {
  /** Absent: text. */
  readonly schema?: JsonSchema | 'any-object';
  /** The tool that is called with the answer. */
  readonly tool?: string;
}

/** Throws `InvalidArgumentError` that names the option at fault. */
export function readWantedOutput({
  tools = [],
  tool_choice: choice,
  response_format: format,
}: OutputOptions): WantedOutput {
  if (choice !== undefined && choice !== null && choice !== 'auto' && choice !== 'none') {
    const named = tools.map(readTool);
    const name = readChosenName(choice);
    const chosen = name === undefined ? named[0] : named.find((tool) => tool.name === name);
    if (chosen === undefined) {
      const known = named.map((tool) => tool.name).join(', ') || 'none';
      throw new InvalidArgumentError('tool_choice', `one of the tools (${known})`, name ?? choice);
    }
    return { schema: chosen.parameters, tool: chosen.name };
  }
  if (format === undefined || format === null) return {};
  const { type, json_schema: json } = isSchema(format) ? format : {};
  if (type === 'text') return {};
  if (type === 'json_object') return { schema: 'any-object' };
  if (type !== 'json_schema') {
    throw new InvalidArgumentError('response_format.type', "'text', 'json_object' or 'json_schema'", type);
  }
  const schema = isSchema(json) ? json['schema'] : undefined;
  if (!isSchema(schema)) throw new InvalidArgumentError('response_format.json_schema.schema', 'an object', schema);
  return { schema };
}

function readTool(tool: unknown, index: number): { readonly name: string; readonly parameters: JsonSchema } {
  const definition = isSchema(tool) ? tool['function'] : undefined;
  const { name, parameters = { type: 'object', properties: {} } } = isSchema(definition) ? definition : {};
  if (typeof name !== 'string') throw new InvalidArgumentError(`tools[${index}].function.name`, 'a string', name);
  if (!isSchema(parameters)) {
    throw new InvalidArgumentError(`tools[${index}].function.parameters`, 'a JSON schema', parameters);
  }
  return { name, parameters };
}

/** Undefined for any tool. */
function readChosenName(choice: unknown): string | undefined {
  if (choice === 'any' || choice === 'required') return undefined;
  const definition = isSchema(choice) ? choice['function'] : undefined;
  const name = isSchema(definition) ? definition['name'] : choice;
  if (typeof name !== 'string')
    throw new InvalidArgumentError('tool_choice', 'a name or a function with a name', choice);
  return name;
}

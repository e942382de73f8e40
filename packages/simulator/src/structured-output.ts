import type { BaseLanguageModelInput, StructuredOutputMethodOptions } from '@langchain/core/language_models/base';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { BaseMessage } from '@langchain/core/messages';
import { JsonOutputParser, StructuredOutputParser } from '@langchain/core/output_parsers';
import { JsonOutputKeyToolsParser } from '@langchain/core/output_parsers/openai_tools';
import { type Runnable, RunnablePassthrough, RunnableSequence } from '@langchain/core/runnables';
import { toJsonSchema } from '@langchain/core/utils/json_schema';
import { type InteropZodType, isInteropZodSchema } from '@langchain/core/utils/types';
import { InvalidArgumentError } from '@rppkit/spec';
import { isSchema, type JsonSchema } from './answering/json-schema.ts';

type Structured = Runnable<BaseLanguageModelInput, object>;
type RawAnswer = { raw: BaseMessage };
type WantedSchema = InteropZodType<object> | JsonSchema;

/**
 * What `withStructuredOutput` of a chat model does that understands OpenAI's `response_format` and tools: answers are parsed
 * as JSON, and checked where the schema is one of zod. The function throws `InvalidArgumentError` for another method.
 */
export function createStructuredOutput(
  model: BaseChatModel,
): (schema: WantedSchema, config?: StructuredOutputMethodOptions<boolean>) => Structured {
  return (schema, { method = 'jsonSchema', name = readTitle(schema), includeRaw = false } = {}) => {
    const { bound, parser } = createPipeline(model, schema, method, name);
    if (!includeRaw) return bound.pipe(parser);
    // As LangChain's own models: what cannot be parsed is null beside the raw message.
    const parse = RunnablePassthrough.assign<RawAnswer, { parsed: object | null }>({
      parsed: (input, config) => parser.invoke(input.raw, config),
    });
    const none = RunnablePassthrough.assign<RawAnswer, { parsed: object | null }>({ parsed: () => null });
    return RunnableSequence.from([{ raw: bound }, parse.withFallbacks({ fallbacks: [none] })]) as Structured;
  };
}

interface Pipeline {
  readonly bound: Runnable<BaseLanguageModelInput, BaseMessage>;
  readonly parser: Runnable<BaseMessage, object>;
}

function createPipeline(model: BaseChatModel, schema: WantedSchema, method: string, name: string): Pipeline {
  const json = toJsonSchema(schema) as JsonSchema;
  const zodSchema = isInteropZodSchema(schema) ? schema : undefined;
  const bind = (options: object): Pipeline['bound'] => model.withConfig(options);
  if (method === 'functionCalling') {
    const definition = { name, description: readDescription(json), parameters: json };
    return {
      bound: bind({
        tools: [{ type: 'function', function: definition }],
        tool_choice: { type: 'function', function: { name } },
      }),
      parser: new JsonOutputKeyToolsParser({ keyName: name, returnSingle: true, ...(zodSchema && { zodSchema }) }),
    };
  }
  const parser: Pipeline['parser'] =
    zodSchema === undefined ? new JsonOutputParser() : StructuredOutputParser.fromZodSchema(zodSchema);
  if (method === 'jsonMode') return { bound: bind({ response_format: { type: 'json_object' } }), parser };
  if (method === 'jsonSchema') {
    return { bound: bind({ response_format: { type: 'json_schema', json_schema: { name, schema: json } } }), parser };
  }
  throw new InvalidArgumentError('method', "'jsonSchema', 'functionCalling' or 'jsonMode'", method);
}

/** A schema's title serves as the name of the tool. */
function readTitle(schema: WantedSchema): string {
  const title = isSchema(schema) ? schema['title'] : undefined;
  return typeof title === 'string' ? title : 'extract';
}

function readDescription({ description }: JsonSchema): string {
  return typeof description === 'string' ? description : 'The answer.';
}

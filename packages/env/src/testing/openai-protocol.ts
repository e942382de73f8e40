import { type ChatProtocol, isJsonObject, type JsonObject, readMessages } from './chat-protocol.ts';

/** OpenAI's `POST /v1/chat/completions`, without streaming. */
export const openAiProtocol: ChatProtocol = {
  name: 'openai',
  path: '/v1/chat/completions',
  explainUnsupported: ({ stream }) => (stream === true ? 'This server does not stream.' : undefined),

  readRequest(body) {
    const { seed } = body;
    const responseSchema = readResponseSchema(body);
    return {
      messages: readMessages(body['messages']),
      ...(typeof seed === 'number' ? { seed } : {}),
      ...(responseSchema === undefined ? {} : { responseSchema }),
    };
  },

  renderAnswer(body, { text, finishReason, usage, index }) {
    const tool = readForcedTool(body);
    const message =
      tool === undefined
        ? { role: 'assistant', content: text, refusal: null }
        : {
            role: 'assistant',
            content: null,
            refusal: null,
            tool_calls: [
              { id: `call_${index}`, type: 'function', function: { name: String(tool['name']), arguments: text } },
            ],
          };
    const completion = {
      id: `chatcmpl-${index}`,
      object: 'chat.completion',
      created: 0,
      model: body['model'],
      choices: [{ index: 0, message, logprobs: null, finish_reason: finishReasons[finishReason] }],
      ...(usage === undefined
        ? {}
        : {
            usage: {
              prompt_tokens: usage.inputTokens,
              completion_tokens: usage.outputTokens,
              total_tokens: usage.inputTokens + usage.outputTokens,
            },
          }),
    };
    return { contentType: 'application/json', text: JSON.stringify(completion) };
  },

  renderError: (status, message) => ({
    error: { message, type: errorTypes[status] ?? 'api_error', param: null, code: null },
  }),
};

const finishReasons = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
  other: 'tool_calls',
} as const;

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  404: 'invalid_request_error',
  429: 'rate_limit_error',
  500: 'server_error',
};

function readResponseSchema(body: JsonObject): JsonObject | undefined {
  const { response_format: format } = body;
  if (isJsonObject(format) && isJsonObject(format['json_schema'])) return asObject(format['json_schema']['schema']);
  return asObject(readForcedTool(body)?.['parameters']);
}

/** The function that the client wants called, where it names one. */
function readForcedTool({ tools, tool_choice: choice }: JsonObject): JsonObject | undefined {
  if (!Array.isArray(tools) || !isJsonObject(choice) || !isJsonObject(choice['function'])) return undefined;
  const { name } = choice['function'];
  return tools.map((tool: JsonObject) => asObject(tool['function'])).find((tool) => tool?.['name'] === name);
}

function asObject(value: unknown): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

import { type ChatProtocol, isJsonObject, type JsonObject, readContentText, readMessages } from './chat-protocol.ts';

/** Anthropic's `POST /v1/messages`, without streaming. */
export const anthropicProtocol: ChatProtocol = {
  name: 'anthropic',
  path: '/v1/messages',

  explainUnsupported({ stream, max_tokens: maxTokens }) {
    if (typeof maxTokens !== 'number') return 'max_tokens: Field required.';
    return stream === true ? 'This server does not stream.' : undefined;
  },

  readRequest(body) {
    const { system } = body;
    const messages = readMessages(body['messages']);
    const responseSchema = readResponseSchema(body);
    return {
      messages: system === undefined ? messages : [{ role: 'system', text: readContentText(system) }, ...messages],
      ...(responseSchema === undefined ? {} : { responseSchema }),
    };
  },

  renderAnswer(body, { text, finishReason, usage, index }) {
    const tool = readForcedTool(body);
    const content =
      tool === undefined
        ? [{ type: 'text', text }]
        : [{ type: 'tool_use', id: `toolu_${index}`, name: tool['name'], input: JSON.parse(text) }];
    const message = {
      id: `msg_${index}`,
      type: 'message',
      role: 'assistant',
      model: body['model'],
      content,
      stop_reason: finishReasons[finishReason],
      stop_sequence: null,
      ...(usage === undefined ? {} : { usage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens } }),
    };
    return { contentType: 'application/json', text: JSON.stringify(message) };
  },

  renderError: (status, message) => ({ type: 'error', error: { type: errorTypes[status] ?? 'api_error', message } }),
};

const finishReasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  'content-filter': 'refusal',
  other: 'pause_turn',
} as const;

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
};

function readResponseSchema(body: JsonObject): JsonObject | undefined {
  const { output_config: config } = body;
  const format = isJsonObject(config) ? config['format'] : undefined;
  const schema = isJsonObject(format) ? format['schema'] : readForcedTool(body)?.['input_schema'];
  return isJsonObject(schema) ? schema : undefined;
}

/** The tool that the client wants used, where it names one. */
function readForcedTool({ tools, tool_choice: choice }: JsonObject): JsonObject | undefined {
  if (!Array.isArray(tools) || !isJsonObject(choice) || choice['type'] !== 'tool') return undefined;
  return tools.find((tool: JsonObject) => tool['name'] === choice['name']) as JsonObject | undefined;
}

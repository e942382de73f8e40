import { type ChatProtocol, isJsonObject, readMessages } from './chat-protocol.ts';

/** Ollama's `POST /api/chat`: one JSON object with `stream: false`, else one a line, the last with usage. */
export const ollamaProtocol: ChatProtocol = {
  name: 'ollama',
  path: '/api/chat',
  explainUnsupported: () => undefined,

  readRequest(body) {
    const { options, format } = body;
    const seed = isJsonObject(options) ? options['seed'] : undefined;
    return {
      messages: readMessages(body['messages']),
      ...(typeof seed === 'number' ? { seed } : {}),
      ...(isJsonObject(format) ? { responseSchema: format } : {}),
    };
  },

  renderAnswer(body, { text, finishReason, usage }) {
    const part = (content: string): object => ({
      model: body['model'],
      created_at: '1970-01-01T00:00:00.000Z',
      message: { role: 'assistant', content },
    });
    const end = {
      done: true,
      // Ollama knows no other reason for a finished answer.
      done_reason: finishReason === 'length' ? 'length' : 'stop',
      total_duration: 0,
      load_duration: 0,
      ...(usage === undefined ? {} : { prompt_eval_count: usage.inputTokens, eval_count: usage.outputTokens }),
    };
    if (body['stream'] === false) {
      return { contentType: 'application/json', text: JSON.stringify({ ...part(text), ...end }) };
    }
    const half = Math.ceil(text.length / 2);
    const lines = [
      { ...part(text.slice(0, half)), done: false },
      { ...part(text.slice(half)), done: false },
      { ...part(''), ...end },
    ];
    return { contentType: 'application/x-ndjson', text: lines.map((line) => `${JSON.stringify(line)}\n`).join('') };
  },

  renderError: (_status, message) => ({ error: message }),
};

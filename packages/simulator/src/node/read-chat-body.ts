import { createRandomStream, InvalidArgumentError, type TextMessage } from '@rppkit/spec';
import { isSchema, type JsonSchema } from '../answering/json-schema.ts';
import { createTextDigest } from '../answering/text-digest.ts';
import { readWantedOutput, type WantedOutput } from '../answering/wanted-output.ts';

/** What a client asks for, in the simulator's terms. */
export interface ChatBody {
  /** Of the bytes: another body has another one, also under the same seed. */
  readonly id: string;
  readonly model: string;
  readonly messages: readonly TextMessage[];
  readonly seed: number;
  /** Number of choices. */
  readonly choices: number;
  readonly temperature: number | undefined;
  readonly maxTokens: number | undefined;
  readonly stop: readonly string[] | undefined;
  readonly wanted: WantedOutput;
  readonly stream: boolean;
  /** True where the stream ends with the usage. */
  readonly streamUsage: boolean;
}

/**
 * Reads the body of a chat completion; null counts as absent, and fields that it does not know (`top_p`, `user` and others)
 * change nothing. Without a `seed` there is one for every body: equal bytes are answered alike. Throws `InvalidArgumentError`
 * that names the field.
 */
export function readChatBody(text: string): ChatBody {
  const body = parseObject(text);
  const { model, messages, n, stop, stream, stream_options: streamOptions, tools } = body;
  if (typeof model !== 'string') throw new InvalidArgumentError('model', 'a string', model);
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new InvalidArgumentError('messages', 'an array of at least one message', messages);
  }
  if (!isAbsent(tools) && !Array.isArray(tools)) throw new InvalidArgumentError('tools', 'an array', tools);
  if (!isAbsent(stream) && typeof stream !== 'boolean')
    throw new InvalidArgumentError('stream', 'true or false', stream);
  return {
    id: computeBodyId(text),
    model,
    messages: messages.map(readMessage),
    seed: readNumber(body, 'seed', { integer: true }) ?? createRandomStream(text).bits(),
    choices: isAbsent(n) ? 1 : readNumber(body, 'n', { integer: true, minimum: 1, maximum: 128 })!,
    temperature: readNumber(body, 'temperature', { minimum: 0, maximum: 2 }),
    maxTokens:
      readNumber(body, 'max_completion_tokens', { integer: true, minimum: 1 }) ??
      readNumber(body, 'max_tokens', { integer: true, minimum: 1 }),
    stop: readStop(stop),
    wanted: readWantedOutput({ ...body, tools: tools ?? undefined } as Parameters<typeof readWantedOutput>[0]),
    stream: stream === true,
    streamUsage: isSchema(streamOptions) && streamOptions['include_usage'] === true,
  };
}

function computeBodyId(text: string): string {
  const digest = createTextDigest();
  digest.add(text);
  return digest.value().toString(16);
}

function parseObject(text: string): JsonSchema {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('body', 'JSON', text);
  }
  if (!isSchema(body)) throw new InvalidArgumentError('body', 'a JSON object', body);
  return body;
}

const roles: Readonly<Record<string, TextMessage['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  // The result of a tool is something more that the model is told.
  tool: 'user',
};

function readMessage(message: unknown, index: number): TextMessage {
  const place = `messages[${index}]`;
  if (!isSchema(message)) throw new InvalidArgumentError(place, 'an object', message);
  const { role, content } = message;
  const known = typeof role === 'string' && Object.hasOwn(roles, role) ? roles[role] : undefined;
  if (known === undefined) throw new InvalidArgumentError(`${place}.role`, Object.keys(roles).join(', '), role);
  return { role: known, text: readContent(content, `${place}.content`) };
}

function readContent(content: unknown, place: string): string {
  // A message that calls a tool has none.
  if (isAbsent(content)) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) throw new InvalidArgumentError(place, 'a string or an array of parts', content);
  return content
    .map((part: unknown, index) => {
      const { type, text } = isSchema(part) ? part : {};
      if (type !== 'text') throw new InvalidArgumentError(`${place}[${index}].type`, "'text'", type);
      if (typeof text !== 'string') throw new InvalidArgumentError(`${place}[${index}].text`, 'a string', text);
      return text;
    })
    .join('');
}

function readStop(stop: unknown): readonly string[] | undefined {
  if (isAbsent(stop)) return undefined;
  const sequences: unknown[] = Array.isArray(stop) ? stop : [stop];
  if (sequences.length <= 4 && sequences.every((sequence) => typeof sequence === 'string')) return sequences;
  throw new InvalidArgumentError('stop', 'a string or an array of at most four strings', stop);
}

interface NumberRange {
  readonly integer?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

function readNumber(
  body: JsonSchema,
  field: string,
  { integer = false, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }: NumberRange,
): number | undefined {
  const value = body[field];
  if (isAbsent(value)) return undefined;
  if (typeof value === 'number' && value >= minimum && value <= maximum && (!integer || Number.isSafeInteger(value))) {
    return value;
  }
  const kind = integer ? 'a safe integer' : 'a number';
  const range = Number.isFinite(minimum) ? ` of at least ${minimum}` : '';
  const end = Number.isFinite(maximum) ? ` and at most ${maximum}` : '';
  throw new InvalidArgumentError(field, `${kind}${range}${end}`, value);
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

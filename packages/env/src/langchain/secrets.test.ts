import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOllama } from '@langchain/ollama';
import { ChatOpenAI } from '@langchain/openai';
import { createRandomStream, type TextModelError } from '@rppkit/spec';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openResponseStore } from '../node/open-response-store.ts';
import { openRecording } from '../node/recording-file.ts';
import { type ChatServer, startChatServer } from '../testing/start-chat-server.ts';
import { withRecording } from '../text-models/with-recording.ts';
import { withResponseStore } from '../text-models/with-response-store.ts';
import { withRetry } from '../text-models/with-retry.ts';
import { fromLangChain, type LangChainModel } from './from-langchain.ts';

let folder: string;
let server: ChatServer;
const printed: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rppkit-secrets-'));
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...parts) => void printed.push(parts.map(String).join(' ')));
  }
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
});

/** Echoes what it knows of the caller's key in every kind of error, and answers every fourth request. */
function startEchoingServer(key: string): Promise<ChatServer> {
  return startChatServer({
    answer({ index, protocol }) {
      if (index % 4 === 3) return '1. Heat\n2. Alien';
      const message = [
        `Incorrect API key provided: ${key}.`,
        `The limit of ${key} is reached (Bearer ${key}).`,
        `Internal error for account ${key.slice(0, 14)}***${key.slice(-3)}, ${encodeURIComponent(key)}`,
      ][index % 4]!;
      const error = { message, type: 'invalid_request_error', code: `code ${key}` };
      return {
        status: [400, 429, 500][index % 4]!,
        headers: { 'x-echo': key, 'retry-after': '0' },
        body: protocol === 'ollama' ? { error: message } : { type: 'error', error },
      };
    },
  });
}

const clients: Readonly<Record<string, (key: string) => LangChainModel>> = {
  ChatOpenAI: (apiKey) =>
    new ChatOpenAI({ model: 'local', apiKey, maxRetries: 0, configuration: { baseURL: server.urls.openai } }),
  'ChatOpenAI with a key from the environment': (apiKey) => {
    vi.stubEnv('OPENAI_API_KEY', apiKey);
    return new ChatOpenAI({ model: 'local', maxRetries: 0, configuration: { baseURL: server.urls.openai } });
  },
  ChatAnthropic: (apiKey) =>
    new ChatAnthropic({ model: 'local', apiKey, maxRetries: 0, anthropicApiUrl: server.urls.anthropic }),
  'ChatOllama behind a proxy': (key) =>
    new ChatOllama({
      model: 'local',
      maxRetries: 0,
      baseUrl: server.urls.ollama,
      headers: { Authorization: `Bearer ${key}` },
    }),
};

// The second has no shape that anyone could know.
const keys = ['sk-marked-0123456789abcdefMARK', 'Marked.key+MARK'];
const cases = Object.keys(clients).flatMap((name) => keys.map((key) => [name, key] as const));

describe('keys', () => {
  it.each(cases)('of %s (%s) are in no error, log, store or recording', async (name, key) => {
    server = await startEchoingServer(key);
    const store = openResponseStore(join(folder, 'responses'));
    const recording = await openRecording(join(folder, 'recording.jsonl'));
    const retried: TextModelError[] = [];
    const chat = clients[name]!(key);
    const model = withResponseStore(
      withRecording(
        withRetry(fromLangChain(chat, { id: 'local', parameters: { temperature: 0 } }), {
          random: createRandomStream('secrets'),
          initialDelayMs: 0,
          onRetry: ({ error }) => void retried.push(error),
        }),
        recording.write,
      ),
      store,
    );
    const errors: TextModelError[] = [];
    for (let sampleIndex = 0; sampleIndex < 4; sampleIndex++) {
      const messages = [{ role: 'user', text: 'Rank Heat and Alien.' }] as const;
      await model.generate({ messages, sampleIndex, purpose: 'rank' }).catch((error) => errors.push(error));
    }
    await store.close();
    await recording.close();

    // The run has met every kind of error, and the key was on the wire.
    expect([...new Set([...errors, ...retried].map(({ status }) => status))].sort()).toEqual([400, 429, 500]);
    const { headers } = server.requests[0]!;
    expect(`${headers.authorization} ${headers['x-api-key']}`).toContain(key);

    const shown = [...errors, ...retried].flatMap((error) => [
      error.message,
      error.stack,
      JSON.stringify(error),
      JSON.stringify(Object.getOwnPropertyDescriptors(error)),
      String(error.cause),
    ]);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const bytes = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
    expect(files.map((file) => file.name).sort()).toEqual(['data.mdb', 'lock.mdb', 'recording.jsonl']);
    expect(bytes.join('')).toContain('Rank Heat and Alien.');
    // Masked, too, it says more than nothing: neither the beginning nor the end may stay.
    for (const text of [...shown, ...bytes, ...printed, model.id]) {
      expect(text).not.toContain(key);
      expect(text).not.toContain('MARK');
    }
  });
});

import { startChatServer } from '@rppkit/env/testing';
import { createRandomStream } from '@rppkit/spec';
import { answerPrompt } from './answer-prompt.ts';
import { latencySpread } from './latency.ts';

// Run as a process of its own, so that the server's work is not measured with the client's. Ends with its parent.
const latencyMs = Number(process.argv[2]);
const logNormal = process.argv[3] === 'log-normal';
const random = createRandomStream('latency');
const server = await startChatServer({
  answer: ({ messages }) => ({
    text: answerPrompt(messages.at(-1)!.text),
    delayMs: logNormal ? latencyMs * Math.exp(latencySpread * random.normal()) : latencyMs,
  }),
});
process.send?.(server.urls.openai);
process.once('disconnect', () => void server.close());

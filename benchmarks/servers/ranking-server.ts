import { startOpenAiServer } from '@rppkit/env/testing';
import { answerPrompt } from './answer-prompt.ts';

// Run as a process of its own, so that the server's work is not measured with the client's. Ends with its parent.
const server = await startOpenAiServer({
  latencyMs: Number(process.argv[2]),
  answer: ({ messages }) => answerPrompt(String(messages.at(-1)?.content)),
});
process.send?.(server.url);
process.once('disconnect', () => void server.close());

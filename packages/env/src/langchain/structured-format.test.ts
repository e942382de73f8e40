import { ChatOpenAI } from '@langchain/openai';
import {
  createPatternSpace,
  defaultPatterns,
  extendPattern,
  formatPattern,
  movies,
  structuredFormatExpression,
} from '@rppkit/patterns';
import { afterEach, expect, it } from 'vitest';
import { fitHistoryStatistics } from '../encoders/history-statistics.ts';
import { createRecommendationEnvironment } from '../recommendation-environment.ts';
import { createExampleTasks, readShownTitles, renderAnswer } from '../testing/example-tasks.ts';
import { type ChatServer, startChatServer } from '../testing/start-chat-server.ts';
import { fromLangChain } from './from-langchain.ts';

let server: ChatServer | undefined;
afterEach(async () => server?.close());

const patterns = defaultPatterns.map((pattern) =>
  pattern === formatPattern ? extendPattern(pattern, [structuredFormatExpression]) : pattern,
);
const structured = formatPattern.expressions.length;

it('asks for an index array by schema where that format is chosen, and for text where another one is', async () => {
  server = await startChatServer({
    answer({ messages, responseSchema }) {
      const shown = readShownTitles({ messages, sampleIndex: 0, purpose: 'rank' });
      // From last to first, by number or by title.
      if (responseSchema !== undefined) return JSON.stringify({ ranking: shown.map((_, at) => shown.length - at) });
      return renderAnswer(shown.toReversed());
    },
  });
  const chat = new ChatOpenAI({
    model: 'local',
    apiKey: 'none',
    maxRetries: 0,
    configuration: { baseURL: server.urls.openai },
  });
  const tasks = createExampleTasks(2);
  const environment = createRecommendationEnvironment({
    tasks,
    space: createPatternSpace({ domain: movies, patterns }),
    model: fromLangChain(chat, { id: 'local' }),
    encoders: [fitHistoryStatistics(tasks.map(({ task }) => task))],
    batchSize: 2,
    candidateOrders: 1,
  });
  expect(environment.actionCounts['format']).toBe(structured + 1);
  await environment.reset({ seed: 0 });
  const none = new Int32Array(2);
  const step = await environment.step({
    role: none,
    history: none,
    reasoning: none,
    format: Int32Array.of(structured, 0),
  });
  const answers = step.infos.map((info) => info!.asked[0]!.answer);
  expect(answers).toMatchObject([
    { outcome: 'answered', parsed: { kind: 'complete', strategy: 'json-indices' } },
    { outcome: 'answered', parsed: { kind: 'complete', strategy: 'titles' } },
  ]);
  for (const answer of answers) {
    if (answer.outcome !== 'failed') expect([...answer.ranking]).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  }
  const schemas = server.requests.map(({ responseSchema }) => responseSchema);
  expect(schemas.filter((schema) => schema !== undefined)).toHaveLength(1);
  expect(JSON.stringify(schemas)).toContain('"enum":[1,2,3,4,5,6,7,8,9,10]');
});

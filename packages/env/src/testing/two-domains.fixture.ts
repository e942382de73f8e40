import {
  createPatternSpace,
  createPatterns,
  defaultPatterns,
  definePattern,
  extendPattern,
  newsZh,
  type PatternSpace,
  products,
} from '@rppkit/patterns';
import type { VectorEnvironment } from '@rppkit/spec';
import { createHashedText } from '../encoders/hashed-text.ts';
import { fitHistoryStatistics } from '../encoders/history-statistics.ts';
import { createLastRoundEncoders } from '../encoders/last-round.ts';
import type { RankingStepInfo } from '../episode.ts';
import { createRecommendationEnvironment } from '../recommendation-environment.ts';
import { fromFunction } from '../text-models/from-function.ts';
import { createExampleTasks, readShownTitles, renderAnswer } from './example-tasks.ts';

const [, history, reasoning, format] = defaultPatterns as [
  (typeof defaultPatterns)[number],
  (typeof defaultPatterns)[number],
  (typeof defaultPatterns)[number],
  (typeof defaultPatterns)[number],
];

/** Products with a role pattern of one's own and a further reasoning sentence, and Chinese news without a role. */
export const spaces: Readonly<Record<string, PatternSpace>> = {
  products: createPatternSpace({
    domain: products,
    patterns: [
      definePattern({
        name: 'voice',
        section: 'role',
        expressions: [
          { id: 'silent', perspective: 'no role', template: '' },
          {
            id: 'clerk',
            perspective: 'shop assistant',
            template: 'You are a shop assistant who knows all {itemsNoun}.',
          },
        ],
      }),
      history,
      extendPattern(reasoning, [
        {
          id: 'budget',
          perspective: 'price',
          template: 'Prefer {itemsNoun} that cost about as much as those I bought.',
        },
      ]),
      format,
    ],
  }),
  'news in Chinese': createPatternSpace({
    domain: newsZh,
    patterns: createPatterns({ language: 'zh' }).filter(({ section }) => section !== 'role'),
  }),
};

const tasks = createExampleTasks(5);

/** Three rounds, two candidate orders a prompt, a model whose answer depends on the prompt alone. */
export function createTwoOrderEnvironment(space: PatternSpace): VectorEnvironment<RankingStepInfo> {
  return createRecommendationEnvironment({
    tasks,
    space,
    model: fromFunction({
      id: 'by length',
      answer(request) {
        const shown = readShownTitles(request);
        const shift = request.messages.map(({ text }) => text).join('').length % shown.length;
        return renderAnswer([...shown.slice(shift), ...shown.slice(0, shift)]);
      },
    }),
    encoders: [
      fitHistoryStatistics(tasks.map(({ task }) => task)),
      createHashedText({ dimensions: 8, source: 'last-prompt' }),
      ...createLastRoundEncoders(space),
    ],
    rounds: 3,
    batchSize: 4,
    ordersPerPrompt: 2,
    reward: { objective: 'aggregate', discount: 0.9 },
  });
}

import { createRandomStream } from '@rppkit/spec';
import type { RewriteRequest } from '../refining/read-rewrite-request.ts';
import { type RewriteManner, sampleRewrite } from '../refining/sample-rewrite.ts';
import { answerPhrases } from './answer-phrases.ts';
import type { Behaviour } from './behaviour.ts';

export interface RewriteAnswerOptions {
  readonly manner: RewriteManner;
  readonly behaviour: Behaviour;
  /** At temperature 0 the seed plays no part. */
  readonly temperature: number;
  readonly seed: number;
  /** True where a schema leaves no room for words around the sentence. */
  readonly constrained: boolean;
}

/** A rewritten sentence, now and then in quotation marks or with words in front of it: a function of the request and the seed. */
export function sampleRewriteAnswer(
  request: RewriteRequest,
  { manner, behaviour, temperature, seed, constrained }: RewriteAnswerOptions,
): string {
  const asked = createRandomStream(JSON.stringify(request)).split('rewrite');
  const random = temperature === 0 ? asked : asked.split(seed);
  const { text } = sampleRewrite(request, { manner, random: random.split('sentence') });
  if (constrained || random.uniform() >= behaviour.rewriteChatChance) return text;
  const { quotes, rewriteOpening } = answerPhrases[request.language];
  return random.uniform() < 0.5 ? `${quotes[0]}${text}${quotes[1]}` : `${rewriteOpening}${text}`;
}

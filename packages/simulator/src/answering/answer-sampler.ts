import type { FinishReason, TextMessage } from '@rppkit/spec';
import { type PromptReading, readPrompt } from '../reading/read-prompt.ts';
import { readRewriteRequest } from '../refining/read-rewrite-request.ts';
import type { RewriteManner } from '../refining/sample-rewrite.ts';
import { sampleAnswerPlan, sampleOrder } from './answer-plan.ts';
import { createAnswerStreams } from './answer-streams.ts';
import { behaviours, type SimulatorProfile } from './behaviour.ts';
import { countTokens } from './count-tokens.ts';
import { cutText, type TextLimits } from './cut-text.ts';
import type { JsonSchema } from './json-schema.ts';
import { renderAnswer } from './render-answer.ts';
import { toJsonLabel } from './render-list.ts';
import { renderSchemaAnswer } from './render-schema-answer.ts';
import { sampleRewriteAnswer } from './sample-rewrite-answer.ts';
import { createSchemaContent } from './schema-content.ts';
import { computeScores, type RankingSituation } from './score-candidates.ts';
import { assertModelOptions, type SimulatedModelOptions } from './simulated-model-options.ts';

/** One question to a simulated model. */
export interface AnswerRequest extends TextLimits {
  readonly messages: readonly TextMessage[];
  /** Tells draws of one prompt apart. */
  readonly seed: number;
  /** Default: that of the model. */
  readonly temperature?: number | undefined;
  /** The answer is JSON that follows it; `any-object`: an object with the field that the prompt names, else `ranking`. */
  readonly schema?: JsonSchema | 'any-object' | undefined;
}

export interface SimulatedAnswer {
  readonly text: string;
  /** Of the messages; a schema costs nothing. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly finishReason: Extract<FinishReason, 'stop' | 'length'>;
}

/** Text in, text out: the one core behind all kinds of simulated model. */
export interface AnswerSampler {
  /** Names all that determines answers, such as `simulated:weak temperature=0.7 knowledge=1b0c…`. */
  readonly id: string;
  readonly profile: SimulatorProfile;
  readonly temperature: number;
  readonly maxTokens: number | undefined;
  readonly rewriting: RewriteManner;
  /**
   * A function of what is read in the messages (lists, guidance or a sentence to rewrite), the schema, the seed, the limits
   * and the parameters of the model. Text that says nothing to it changes no answer.
   */
  sample(request: AnswerRequest): SimulatedAnswer;
}

/** Throws `InvalidArgumentError` for options out of range. */
export function createAnswerSampler(options: SimulatedModelOptions): AnswerSampler {
  assertModelOptions(options);
  const { knowledge, profile = 'weak', temperature = 0.7, maxTokens, rewriting = 'faithful' } = options;
  const behaviour = behaviours[profile];
  const { genreNames } = knowledge;
  const isKnown = (title: string): boolean => knowledge.find(title) !== undefined;

  const rank = (
    messages: readonly TextMessage[],
    seed: number,
    heat: number,
    schema: AnswerRequest['schema'],
  ): string => {
    const reading = readPrompt(messages, isKnown);
    const { history, candidates, guidance } = reading;
    const situation: RankingSituation = {
      history: history.map(knowledge.find),
      candidates: candidates.map(knowledge.find),
      guidance,
    };
    const { perception, draw } = createAnswerStreams(reading, { seed, temperature: heat });
    const scores = computeScores(situation, behaviour, { genres: genreNames.length, perception });
    const order = sampleOrder(scores, behaviour.drawNoise * heat, draw);
    const constrained = schema !== undefined;
    const plan = sampleAnswerPlan(order, guidance, behaviour, { history: history.length, constrained, random: draw });
    const writing = { reading, situation, genreNames, random: draw };
    if (schema === undefined) return renderAnswer(plan, writing);
    const wanted = schema === 'any-object' ? createRankingSchema(reading) : schema;
    return renderSchemaAnswer(wanted, createSchemaContent(plan, writing));
  };

  return {
    id: [
      `simulated:${profile} temperature=${temperature}`,
      ...(maxTokens === undefined ? [] : [`maxTokens=${maxTokens}`]),
      ...(rewriting === 'faithful' ? [] : [`rewriting=${rewriting}`]),
      `knowledge=${knowledge.id}`,
    ].join(' '),
    profile,
    temperature,
    maxTokens,
    rewriting,
    sample({ messages, seed, schema, temperature: heat = temperature, maxTokens: limit = maxTokens, stop }) {
      const request = readRewriteRequest(messages);
      const constrained = schema !== undefined;
      let whole: string;
      if (request === undefined) whole = rank(messages, seed, heat, schema);
      else {
        whole = sampleRewriteAnswer(request, { manner: rewriting, behaviour, temperature: heat, seed, constrained });
        if (schema !== undefined) {
          const { field = 'sentence' } = readPrompt(messages, isKnown).guidance.answer;
          whole = renderRewrittenObject(schema, whole, field);
        }
      }
      const { text, finishReason } = cutText(whole, { maxTokens: limit, stop });
      return {
        text,
        inputTokens: countTokens(renderMessages(messages)),
        outputTokens: countTokens(text),
        finishReason,
      };
    },
  };
}

/** Messages as one text; `fromLangChain` of `@rppkit/env` derives seeds from the same. */
export function renderMessages(messages: readonly TextMessage[]): string {
  return messages.map(({ role, text }) => `${role}\n${text}`).join('\n');
}

/** JSON mode says nothing of fields: they are those that the prompt asks for. */
function createRankingSchema({ guidance, labels }: PromptReading): JsonSchema {
  const { content, field = 'ranking' } = guidance.answer;
  const items = content === 'indices' ? { enum: labels.map(toJsonLabel) } : { type: 'string' };
  return { type: 'object', properties: { [field]: { type: 'array', items } } };
}

function renderRewrittenObject(schema: JsonSchema | 'any-object', sentence: string, field: string): string {
  const wanted = schema === 'any-object' ? { properties: { [field]: { type: 'string' } } } : schema;
  const text = (): string => sentence;
  return renderSchemaAnswer(wanted, { ranking: [], candidates: [], byLabel: false, text, reasons: text });
}

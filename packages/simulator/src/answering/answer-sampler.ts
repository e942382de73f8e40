import { createRandomStream, InvalidArgumentError, type RandomStream, type TextMessage } from '@rppkit/spec';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { readPrompt } from '../reading/read-prompt.ts';
import { sampleAnswerPlan, sampleOrder } from './answer-plan.ts';
import { behaviours, type SimulatorProfile } from './behaviour.ts';
import { countTokens } from './count-tokens.ts';
import { renderAnswer } from './render-answer.ts';
import { computeScores } from './score-candidates.ts';

/** The parameters of a simulated model. */
export interface SimulatedModelOptions {
  /** All that the model knows beside the prompt. */
  readonly knowledge: Knowledge;
  /** Default 'weak'. */
  readonly profile?: SimulatorProfile;
  /** Spread of repeated draws, in [0, 2]; at 0 the seed changes nothing. Default 0.7. */
  readonly temperature?: number;
}

interface SimulatedAnswer {
  readonly text: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Text in, text out: the one core behind both kinds of simulated model. */
export interface AnswerSampler {
  /** Names profile and temperature, such as `simulated:weak temperature=0.7`. */
  readonly id: string;
  readonly profile: SimulatorProfile;
  readonly temperature: number;
  /** A function of the messages and of the seed, which is computed from a stream that the messages seed. */
  sample(messages: readonly TextMessage[], computeSeed: (prompt: RandomStream) => number): SimulatedAnswer;
}

/** Throws `InvalidArgumentError` for an unknown profile or a temperature out of range. */
export function createAnswerSampler({
  knowledge,
  profile = 'weak',
  temperature = 0.7,
}: SimulatedModelOptions): AnswerSampler {
  const behaviour = Object.hasOwn(behaviours, profile) ? behaviours[profile] : undefined;
  if (behaviour === undefined) {
    throw new InvalidArgumentError(
      'profile',
      Object.keys(behaviours)
        .map((name) => `'${name}'`)
        .join(' or '),
      profile,
    );
  }
  if (!(temperature >= 0 && temperature <= 2)) throw new InvalidArgumentError('temperature', 'in [0, 2]', temperature);
  const genres = knowledge.genreNames.length;
  return {
    id: `simulated:${profile} temperature=${temperature}`,
    profile,
    temperature,
    sample(messages, computeSeed) {
      const body = messages.map(({ role, text }) => `${role}\n${text}`).join('\n');
      const prompt = createRandomStream(body);
      const draw = prompt.split('draw');
      const random = temperature === 0 ? draw : draw.split(computeSeed(prompt));
      const reading = readPrompt(messages, (title) => knowledge.find(title) !== undefined);
      const { guidance } = reading;
      const situation = {
        history: reading.history.map(knowledge.find),
        candidates: reading.candidates.map(knowledge.find),
        guidance,
      };
      const scores = computeScores(situation, behaviour, { genres, perception: prompt.split('perception') });
      const order = sampleOrder(scores, behaviour.drawNoise * temperature, random);
      const plan = sampleAnswerPlan(order, guidance, behaviour, { history: reading.history.length, random });
      const text = renderAnswer(plan, reading, situation, knowledge.genreNames);
      return { text, inputTokens: countTokens(body), outputTokens: countTokens(text) };
    },
  };
}

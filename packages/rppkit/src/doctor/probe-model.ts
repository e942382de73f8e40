import { parseRanking } from '@rppkit/env';
import type { ComposedPrompt } from '@rppkit/patterns';
import { type RankingTask, type TextModel, TextModelError, type TextResponse } from '@rppkit/spec';
import type { Check } from './check.ts';

/** Calls that `probeModel` makes at most. */
export const mostProbeCalls = 4;

export interface ProbeOptions {
  /** With the temperature that a run would use. */
  readonly model: TextModel;
  /** The same model with temperature 0. */
  readonly cold: TextModel;
  readonly task: RankingTask;
  readonly prompt: ComposedPrompt;
  readonly structured: ComposedPrompt;
  readonly signal: AbortSignal;
}

/** What asking a model a few times showed. */
export interface ModelProbe {
  readonly checks: readonly Check[];
  /** The answer to the first call; undefined where none came. */
  readonly first: TextResponse | undefined;
}

/**
 * Asks a model for one ranking, twice more for the same one with temperature 0, and once by JSON schema; not on where the first
 * call fails. Failures are verdicts; rejects only with what is no `TextModelError`, and where `signal` is aborted.
 */
export async function probeModel(options: ProbeOptions): Promise<ModelProbe> {
  const { model, task, prompt, signal } = options;
  const first = await ask(model, prompt, signal);
  if (first instanceof TextModelError) {
    const found = `${model.id} gave no answer: ${first.message}`;
    return { checks: [{ name: 'model', verdict: 'failed', found, advice: adviseOn(first) }], first: undefined };
  }
  const checks = [checkAnswer(first, task, prompt), await checkDeterminism(options), await checkStructured(options)];
  return { checks, first };
}

function checkAnswer(
  { text, usage, latencyMs, finishReason }: TextResponse,
  task: RankingTask,
  prompt: ComposedPrompt,
): Check {
  const { answer, firstIndex } = prompt;
  const parsed = parseRanking(text, { candidates: task.candidates, answer, firstIndex, finishReason });
  const tokens = `${usage.inputTokens} tokens to it and ${usage.outputTokens} back${usage.estimated ? ' (estimated: it reports none)' : ''}`;
  const found = `answers in ${(latencyMs / 1000).toFixed(2)} s; ${tokens}`;
  if (parsed.kind !== 'invalid') return { name: 'model', verdict: 'ok', found };
  return {
    name: 'model',
    verdict: 'warning',
    found: `${found}; no ranking could be read from it (${parsed.reason})`,
    advice:
      'Some prompts may do better than this one; rppkit headroom with --calls 200 tells how many answers cannot be read.',
  };
}

async function checkDeterminism({ cold, prompt, signal }: ProbeOptions): Promise<Check> {
  const name = 'determinism';
  const answers = [await ask(cold, prompt, signal), await ask(cold, prompt, signal)] as const;
  const failure = answers.find((answer) => answer instanceof TextModelError);
  if (failure !== undefined) {
    return {
      name,
      verdict: 'warning',
      found: `a request with temperature 0 was refused: ${failure.message}`,
      advice: 'Leave --temperature out with this model.',
    };
  }
  const [left, right] = answers as readonly [TextResponse, TextResponse];
  if (left.text === right.text) return { name, verdict: 'ok', found: 'the same request gave the same answer twice' };
  return {
    name,
    verdict: 'warning',
    found: 'the same request with temperature 0 gave two answers',
    advice: 'Runs can be repeated from stored answers only; keep responses/.',
  };
}

async function checkStructured({ model, task, structured, signal }: ProbeOptions): Promise<Check> {
  const name = 'structured output';
  const response = await ask(model, structured, signal);
  const advice = 'The presets do not need it; do without formats by JSON schema.';
  if (response instanceof TextModelError) {
    return { name, verdict: 'warning', found: `refused: ${response.message}`, advice };
  }
  const { answer, firstIndex } = structured;
  const { text, finishReason } = response;
  const parsed = parseRanking(text, { candidates: task.candidates, answer, firstIndex, finishReason });
  return parsed.kind === 'invalid'
    ? { name, verdict: 'warning', found: `the answer does not follow the schema (${parsed.reason})`, advice }
    : { name, verdict: 'ok', found: 'an answer by JSON schema could be read' };
}

/** The answer, or why there is none. */
async function ask(
  model: TextModel,
  { messages, responseSchema }: ComposedPrompt,
  signal: AbortSignal,
): Promise<TextResponse | TextModelError> {
  const schema = responseSchema === undefined ? {} : { responseSchema };
  try {
    return await model.generate({ messages, sampleIndex: 0, purpose: 'probe', signal, ...schema });
  } catch (error) {
    if (!TextModelError.isInstance(error) || error.failure === 'aborted') throw error;
    return error;
  }
}

function adviseOn({ failure, transient }: TextModelError): string {
  if (failure === 'authentication') return 'Check the key.';
  if (failure === 'rate-limit') return 'Wait, or check the limits and the balance of the account.';
  return transient ? 'Check the base URL and the network.' : 'Check the name of the model and its parameters.';
}

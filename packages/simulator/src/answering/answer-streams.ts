import { createRandomStream, type RandomStream } from '@rppkit/spec';
import type { Guidance } from '../reading/read-guidance.ts';
import type { PromptReading } from '../reading/read-prompt.ts';
import { createTextDigest } from './text-digest.ts';

/** The two sources of chance in an answer. */
export interface AnswerStreams {
  /** Equal in all draws of one prompt. */
  readonly perception: RandomStream;
  /** Of one draw. At temperature 0 the seed plays no part. */
  readonly draw: RandomStream;
}

/**
 * Both streams are seeded by what was read, not by the bytes of the prompt: two prompts that read the same are answered the
 * same under one seed, so a sentence that says nothing changes nothing.
 */
export function createAnswerStreams(
  { history, candidates, labels, guidance }: PromptReading,
  { seed, temperature }: { readonly seed: number; readonly temperature: number },
): AnswerStreams {
  const digest = createTextDigest();
  for (const list of [history, candidates, labels]) {
    digest.add(String(list.length));
    for (const text of list) digest.add(text);
  }
  digest.add(renderGuidance(guidance));
  const prompt = createRandomStream(digest.value());
  const draw = prompt.split('draw');
  return { perception: prompt.split('perception'), draw: temperature === 0 ? draw : draw.split(seed) };
}

/** Readings of recurring instructions are one object. */
const rendered = new WeakMap<Guidance, string>();

/** Strengths to six decimals: the order in which cues were added up moves the last bits. */
function renderGuidance(guidance: Guidance): string {
  let text = rendered.get(guidance);
  if (text === undefined) {
    text = JSON.stringify(guidance, (_, value: unknown) =>
      typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
    );
    rendered.set(guidance, text);
  }
  return text;
}

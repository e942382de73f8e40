import { z } from 'zod';

const reply: z.ZodType<{ sentence: string }> = z.object({ sentence: z.string() });

/** The JSON schema of the answer, for models with structured output. */
export const replySchema: Readonly<Record<string, unknown>> = z.toJSONSchema(reply) as Record<string, unknown>;

/** What reasoning models put in front of their answer. */
const thought = /^\s*<(think|thinking|thought|reasoning|analysis|reflection|scratchpad)>[\s\S]*?<\/\1>/i;
const tagged = /<sentence>([\s\S]*?)<\/sentence>/i;
const fence = /^```[a-z]*\n([\s\S]*?)\n?```$/i;
/** Marks that some models put around the whole sentence. */
const quotes: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ['“', '”'],
  ['「', '」'],
  ['`', '`'],
];

/**
 * The sentence that an answer holds: the field of a JSON object, also within a fenced block; the text between `<sentence>`
 * tags; else the whole answer without a thought in front and one pair of quotation marks around it. Undefined where there is
 * none. What else an answer says stays in the sentence, so that guards see it.
 */
export function readReply(text: string): string | undefined {
  const whole = text.replace(thought, '').trim();
  const inner = fence.exec(whole)?.[1] ?? whole;
  const sentence = readJson(inner) ?? tagged.exec(whole)?.[1] ?? stripQuotes(inner.trim());
  const trimmed = sentence.trim();
  return trimmed === '' ? undefined : trimmed;
}

function readJson(text: string): string | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return reply.safeParse(value).data?.sentence;
}

function stripQuotes(text: string): string {
  for (const [open, close] of quotes) {
    if (text.length < 2 || !text.startsWith(open) || !text.endsWith(close)) continue;
    const inner = text.slice(open.length, -close.length);
    // Otherwise they belong to two quotations.
    if (!inner.includes(open) && !inner.includes(close)) return inner;
  }
  return text;
}

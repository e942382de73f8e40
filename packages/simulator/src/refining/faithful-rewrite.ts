import type { RandomStream } from '@rppkit/spec';
import { composeSentence } from './compose-sentence.ts';
import { dropHedges } from './hedges.ts';
import { isWithinLimit } from './length-limit.ts';
import { sampleLightEdit } from './light-edits.ts';
import type { RewriteRequest } from './read-rewrite-request.ts';
import { computeWantedReading, saysWhatIsWanted } from './sentence-reading.ts';
import { hasSameSlots } from './slots.ts';

/** Light edits tried before the last resort. */
const edits = 24;
const saysSomething = /[\p{L}\d{]/u;

/**
 * A new sentence with the meaning of the given one: composed from the phrase bank of its language and read again to see that
 * every concept is said at least as clearly and none beside. Where no composition does, the given sentence with a few words
 * exchanged; where even those say something else or are too long, the sentence without its hedges or with an opening in
 * front, whichever fits the limit, at last the sentence itself, as where it is nothing but hedges.
 */
export function sampleFaithfulRewrite(request: RewriteRequest, random: RandomStream): string {
  const { sentence, language, limit, numbers } = request;
  const plain = dropHedges(sentence, language);
  if (!saysSomething.test(plain)) return sentence;
  const wanted = computeWantedReading(sentence, language);
  const isSound = (text: string): boolean =>
    text !== sentence &&
    isWithinLimit(text, limit) &&
    hasSameSlots(text, sentence) &&
    keepsNumbers(text, numbers) &&
    !request.evidence.some((known) => text.includes(known) && !sentence.includes(known));
  const accepts = (text: string): boolean => isSound(text) && saysWhatIsWanted(text, language, wanted);
  const composed = composeSentence({ sentence, language, wanted, random: random.split('composition'), accepts });
  if (composed !== undefined) return composed;
  const editing = random.split('edits');
  for (let edit = 0; edit < edits; edit++) {
    const edited = sampleLightEdit(sentence, { language, random: editing, opened: edit >= edits / 2 });
    if (accepts(edited)) return edited;
  }
  const last = [plain, sampleLightEdit(sentence, { language, random: editing, opened: true })];
  return last.find(isSound) ?? sentence;
}

function keepsNumbers(text: string, numbers: readonly string[]): boolean {
  const words = text.replaceAll(/\{[^{}]*\}/g, ' ');
  return numbers.every((number) => new RegExp(`(?<!\\d)${number.replace('.', '\\.')}(?!\\d)`).test(words));
}

import type { RandomStream } from '@rppkit/spec';
import { chats, lengths, paddings } from './careless-words.ts';
import { sampleDriftedSentence } from './drifted-sentence.ts';
import { dropSlot } from './drop-slot.ts';
import { sampleFaithfulRewrite } from './faithful-rewrite.ts';
import { isWithinLimit } from './length-limit.ts';
import { dropNegations, hasNegation } from './negations.ts';
import type { RewriteRequest } from './read-rewrite-request.ts';
import type { Rewrite, RewriteFault } from './rewrite-fault.ts';
import { fillSlots, readSlots } from './slots.ts';

type SloppyFault = Extract<
  RewriteFault,
  'dropped-slot' | 'doubled-slot' | 'lost-negation' | 'too-long' | 'drifted' | 'unchanged' | 'chat' | 'padded'
>;

/** Faults of one stage exclude each other. The sentence goes through the stages in this order. */
const stages: Readonly<Record<SloppyFault, number>> = {
  unchanged: 0,
  drifted: 0,
  'lost-negation': 0,
  'dropped-slot': 1,
  'doubled-slot': 1,
  padded: 2,
  'too-long': 2,
  chat: 3,
};

/** Share of rewrites with two faults where two fit together. */
const doubleShare = 0.3;

/** A rewrite with one or two faults of carelessness, drawn evenly from those that the sentence allows. */
export function sampleSloppyRewrite(request: RewriteRequest, random: RandomStream): Rewrite {
  const order = (Object.keys(stages) as SloppyFault[])
    .map((fault) => ({ fault, key: random.split(fault).uniform() }))
    .toSorted((left, right) => left.key - right.key)
    .map(({ fault }) => fault);
  const wanted = random.split('number').uniform() < doubleShare ? 2 : 1;
  const base = sampleFaithfulRewrite(request, random.split('base'));
  let rewrite: Rewrite = { text: base, faults: [] };
  for (const fault of order) {
    if (rewrite.faults.length === wanted) break;
    const faults = [...(rewrite.faults as SloppyFault[]), fault].toSorted(
      (left, right) => stages[left] - stages[right],
    );
    if (!fitTogether(faults)) continue;
    let text: string | undefined = base;
    for (const each of faults) {
      if (text !== undefined) text = applyFault(each, text, request, random.split('words').split(each));
    }
    if (text !== undefined) rewrite = { text, faults };
  }
  return rewrite;
}

/** One fault a stage; what is unchanged can only have words around it. */
function fitTogether(faults: readonly SloppyFault[]): boolean {
  if (new Set(faults.map((fault) => stages[fault])).size < faults.length) return false;
  return !faults.includes('unchanged') || faults.every((fault) => fault === 'unchanged' || fault === 'chat');
}

/** The longest text that anybody would write by carelessness. */
const endless = 'word '.repeat(1000);

function applyFault(
  fault: SloppyFault,
  given: string,
  request: RewriteRequest,
  random: RandomStream,
): string | undefined {
  const { sentence, language, limit } = request;
  switch (fault) {
    case 'unchanged':
      return sentence;
    case 'drifted':
      return sampleDriftedSentence(request, random);
    case 'lost-negation':
      return loseNegation(given, request);
    case 'dropped-slot':
      return dropSlot(given, language, random);
    case 'doubled-slot':
      return doubleSlot(given, language, random);
    case 'padded':
      return join(given, pick(paddings[language], random), language);
    case 'too-long': {
      const most =
        limit.characters === undefined && limit.words === undefined
          ? { characters: Math.max(400, 4 * sentence.length) }
          : limit;
      // Nobody rambles on for ever: a limit beyond that is not broken.
      if (isWithinLimit(endless, most)) return undefined;
      let text = given;
      for (let index = random.integer(lengths[language].length); isWithinLimit(text, most); index++) {
        text = join(text, lengths[language][index % lengths[language].length]!, language);
      }
      return text;
    }
    case 'chat': {
      const [before, after] = pick(chats[language], random);
      return `${before}${given}${after}`;
    }
  }
}

function loseNegation(given: string, { sentence, language }: RewriteRequest): string | undefined {
  const denies = (text: string): boolean => hasNegation(fillSlots(text, language), language);
  return [given, sentence]
    .filter(denies)
    .map((text) => dropNegations(text, language))
    .find((text) => !denies(text));
}

function doubleSlot(given: string, language: 'en' | 'zh', random: RandomStream): string | undefined {
  const slots = readSlots(given);
  if (slots.length === 0) return undefined;
  const { text } = slots[random.integer(slots.length)]!;
  const at = given.indexOf(text) + text.length;
  return `${given.slice(0, at)}${language === 'zh' ? '和' : ' and '}${text}${given.slice(at)}`;
}

/** In front where the lines of an example have to stay last. */
function join(given: string, more: string, language: 'en' | 'zh'): string {
  return /\n/.test(given)
    ? `${more}${language === 'zh' ? '' : ' '}${given}`
    : `${given}${language === 'zh' ? '' : ' '}${more}`;
}

function pick<T>(values: readonly T[], random: RandomStream): T {
  return values[random.integer(values.length)]!;
}

import type { RandomStream } from '@rppkit/spec';
import { chinesePhrases } from './chinese-phrases.ts';
import { completeSlots } from './complete-slots.ts';
import { englishPhrases } from './english-phrases.ts';
import { dropHedges } from './hedges.ts';
import { joinClauses } from './join-clauses.ts';
import type { FormName, PhraseBank, PhraseConcept, SentenceKind } from './phrase-bank.ts';
import { phraseConcepts, splitExample, type WantedReading } from './sentence-reading.ts';
import { readSlots } from './slots.ts';

/** What to compose. */
export interface Composition {
  /** The given sentence; its slots, the field that it names and the lines of its example are taken over. */
  readonly sentence: string;
  readonly language: 'en' | 'zh';
  /** Default: as the sentence reads in the language. */
  readonly kind?: SentenceKind;
  readonly wanted: WantedReading;
  /** Whether parts of the meaning without a concept (likelihood, similarity, revision …) are kept; default true. */
  readonly aspects?: boolean;
  readonly random: RandomStream;
  /** Whether a sentence will do. */
  readonly accepts: (sentence: string) => boolean;
}

const banks: Readonly<Record<'en' | 'zh', PhraseBank>> = { en: englishPhrases, zh: chinesePhrases };
/** Sentences tried before composing is given up. */
const attempts = 120;
/** Sentences that will do, of which the shorter is taken. */
const choices = 2;
/** Concepts below this strength need no phrase of their own. */
const audible = 0.2;

/** A slot that ends a sentence in the middle of one. */
const brokenSlot = /[.。]\}(?!$|\n| [A-Z]|请)/;

/** What kind of sentence it is; whatever is neither of a role nor of a format says how to rank. */
export function classifySentence(sentence: string, language: 'en' | 'zh'): SentenceKind {
  const { cues } = banks[language];
  const { head, tail } = splitExample(sentence);
  const words = head.replaceAll(/\{[^{}]*\}/g, '');
  if ([words, dropHedges(words, language)].some((text) => cues.role.test(text)) && !cues.notRole.test(words))
    return 'role';
  return tail !== '' || /\{count/.test(head) || cues.format.test(head) ? 'format' : 'reasoning';
}

/**
 * A new sentence from the phrase bank of the language, with the slots of the given one, that `accepts` takes; undefined
 * where none was found. The shorter of two that will do.
 */
export function composeSentence({
  sentence,
  language,
  kind = classifySentence(sentence, language),
  wanted,
  aspects = true,
  random,
  accepts,
}: Composition): string | undefined {
  const bank = banks[language];
  const { head, tail } = splitExample(sentence);
  const phrases = bank[kind];
  const field = wanted.answer.field ?? 'ranking';
  const called = aspects ? phrases.aspects.filter(({ cue }) => cue.test(head)).slice(0, 1) : [];
  const cores = kind === 'format' ? bank.forms[getForm(wanted, tail)] : phrases.cores;
  const fixed = called.map((aspect) => aspect.phrases);
  const complete = cores.length === 0 || called.some((aspect) => aspect.complete === true);
  const saysCore = kind === 'role' || bank.coreCues[kind].test(head);
  // A sentence in which nothing was recognised says more than the phrases know.
  if (called.length === 0 && kind !== 'format' && readSlots(head).length === 0) {
    if (phraseConcepts.every((concept) => wanted.strengths[concept] < audible)) return undefined;
  }
  const tried = new Set<string>();
  let shortest: string | undefined;
  let found = 0;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const concepts = sampleConcepts(wanted, random, called.length > 0);
    // What the sentence does not say is added only where its slots find no other place.
    const hasCore = !complete && (saysCore || attempt >= attempts / 2);
    const groups = [...fixed, ...concepts.map((concept) => phrases.concepts[concept])];
    const clauses = completeSlots({
      groups,
      cores: hasCore ? cores : [],
      carriers: phrases.carriers,
      head,
      nouns: bank.nouns,
      random,
    });
    if (clauses === undefined || clauses.length === 0 || new Set(clauses).size < clauses.length) continue;
    const text = joinClauses(clauses, { kind, language, hasCore, example: tail !== '', random });
    const composed = restoreSlots(text, head).replaceAll('<field>', field) + tail;
    if (tried.has(composed) || brokenSlot.test(composed)) continue;
    tried.add(composed);
    // Hard sentences take what they get.
    if (shortest !== undefined && attempt >= attempts / 4) break;
    if (!accepts(composed)) continue;
    if (shortest === undefined || composed.length < shortest.length) shortest = composed;
    if (++found === choices) break;
  }
  return shortest;
}

function getForm({ answer: { content, shape, field } }: WantedReading, tail: string): FormName {
  if (field !== undefined) return 'object';
  if (shape === 'json') return content === 'indices' ? 'numbers-json' : 'json';
  if (tail !== '') return 'example';
  return content === 'indices' ? 'line' : 'list';
}

/** Concepts to word: all audible ones; weaker ones and, beside aspects, any may be left to the other phrases. */
function sampleConcepts({ strengths }: WantedReading, random: RandomStream, aspects: boolean): PhraseConcept[] {
  const chosen: PhraseConcept[] = [];
  for (const concept of phraseConcepts) {
    const strength = strengths[concept];
    if (strength < audible) continue;
    if (random.uniform() < (aspects ? 0.5 : 0.85)) chosen.push(concept);
    // One phrase rarely says it all.
    if (strength > 0.7 && random.uniform() < 0.4) chosen.push(concept);
  }
  return chosen;
}

/** Puts the slots of the given sentence, with their words, in place of the bare ones. */
function restoreSlots(text: string, head: string): string {
  const slots = [...readSlots(head)];
  return text
    .replaceAll(/\{(\w+)\}/g, (bare, name: string) => {
      const at = slots.findIndex((slot) => slot.name === name);
      return at < 0 ? bare : slots.splice(at, 1)[0]!.text;
    })
    .replaceAll(/([,，.。])\}\s*[,，](?=\s|\p{sc=Han})/gu, '$1}')
    .replaceAll(/([.。])\}[.。]/g, '$1}');
}

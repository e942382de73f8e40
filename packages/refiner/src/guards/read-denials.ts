import { chineseDenials } from './chinese-denials.ts';
import { type DenialWords, signs, type Topic, type Trait } from './denial-words.ts';
import { englishDenials } from './english-denials.ts';
import { foldText } from './folded-text.ts';
import { countTokens, cover, inherit, isPlain, readSegments, type Segment, topics } from './read-segments.ts';

/** What a sentence denies. */
export interface Denials {
  /** What it denies among the topics, and the same it asserts somewhere. */
  readonly denied: ReadonlySet<Topic>;
  readonly asserted: ReadonlySet<Topic>;
  /** Clauses that deny anything else. */
  readonly others: readonly string[];
  /** Clauses that deny a restriction: "not only". */
  readonly opened: readonly string[];
  /** Whether it restricts without a denial: "only". */
  readonly restricts: boolean;
  /** The same of what the reader will look at: "I will only read the list". */
  readonly restrictsReading: boolean;
}

/** What bears on the reading of a sentence. */
export interface ReadDenialsOptions {
  /** Of the parent. */
  readonly traits: ReadonlySet<Trait>;
  /** Topics of which denials are told apart from others. */
  readonly counted: ReadonlySet<Topic>;
  /** The parent, whose words may come back with a prefix that denies them. Default the text itself. */
  readonly original?: string;
}

/** The words of the language; undefined for languages whose denials are not known. */
export function getDenialWords(language: string): DenialWords | undefined {
  const code = language.toLowerCase().split(/[-_]/)[0];
  return code === 'zh' ? chineseDenials : code === 'en' ? englishDenials : undefined;
}

/** What a parent says that bears on denials. */
export function readTraits(original: string, { traits }: DenialWords): ReadonlySet<Trait> {
  const folded = foldText(original);
  return new Set((Object.keys(traits) as Trait[]).filter((trait) => traits[trait].test(folded)));
}

/**
 * What a text with its forms rendered denies. Words are exchanged for signs first; signs that stand close together in one
 * clause make a group, and an odd number of denials in it denies what the clause is about, or, where that is none of the
 * topics `counted`, what the clause in front of it is about, or the one behind. A denial reaches over "or", and over "and"
 * where no verb or "with" follows. Denying further words is no denial of anything that was asked for.
 */
export function readDenials(
  text: string,
  words: DenialWords,
  { traits, counted, original = text }: ReadDenialsOptions,
): Denials {
  const signed = writeSigns(
    signPrefixes(foldText(text).replaceAll(/[\ue000-\ue009]/g, ' '), foldText(original)),
    words,
    traits,
  );
  const denied = new Set<Topic>();
  const asserted = new Set<Topic>();
  const others: string[] = [];
  const opened: string[] = [];
  let restricts = false;
  let restrictsReading = false;
  for (const sentence of signed.split(/[.!。！\n]/)) {
    const clauses = sentence.split(/[,;:?()，；：？"“”«»—–]|\s-\s/).map((clause) => readSegments(clause, words.reach));
    clauses.forEach((segments, at) => {
      cover(segments, words);
      inherit(segments, clauses[at - 1], words);
    });
    clauses.forEach((segments, at) => {
      for (const segment of segments) {
        if (segment.groups.some((group) => group.opened)) opened.push(segment.text);
        if (segment.exclusive) denied.add('extra');
        if (segment.exclusive && words.mentions.reading.test(segment.text)) denied.add('reading');
        if (segment.text.includes(signs.only)) {
          restricts = true;
          if (words.mentions.reading.test(segment.text)) restrictsReading = true;
        }
      }
      const denies = segments.some(({ groups }) => groups.some((group) => group.odd && !group.opened));
      if (!denies) return;
      const place = findPlace(clauses, at, words, counted);
      if (place === undefined) {
        const mere = segments.every(
          ({ covered, text, groups }) =>
            !covered || groups.every(({ settled }) => settled) || words.assertions.extra?.test(text) === true,
        );
        if (!mere) others.push(segments.map((segment) => segment.text).join(' '));
        return;
      }
      for (const segment of place) if (place !== segments) segment.covered = true;
    });
    for (const segment of clauses.flat()) {
      if (segment.covered) {
        for (const topic of topics)
          if (counted.has(topic) && words.mentions[topic].test(segment.text)) denied.add(topic);
      }
      if (segment.covered || segment.exclusive) continue;
      for (const topic of topics) if (words.assertions[topic]?.test(segment.text)) asserted.add(topic);
    }
  }
  return { denied, asserted, others, opened, restricts, restrictsReading };
}

/** The clause that tells what the clause `at` denies: itself, or a neighbour where it is short. */
function findPlace(
  clauses: readonly (readonly Segment[])[],
  at: number,
  words: DenialWords,
  counted: ReadonlySet<Topic>,
): readonly Segment[] | undefined {
  const own = clauses[at]!;
  const tells = (clause: readonly Segment[], covered: boolean): boolean =>
    listTopics(clause, words, covered).some((topic) => counted.has(topic));
  if (tells(own, true) && !deniesCriteria(own, words)) return own;
  if (countTokens(own) > words.tail || own.some(({ text }) => words.criteria.test(text))) return undefined;
  const before = clauses[at - 1];
  if (before !== undefined && tells(before, !before.every(isPlain))) return before;
  const after = clauses[at + 1];
  const follows = after?.every((segment) => isPlain(segment) && !segment.starts) === true && tells(after, false);
  return follows ? after : undefined;
}

/** Whether a denial is followed by what a ranking goes by and by none of the topics: "famous, not what I prefer". */
function deniesCriteria(segments: readonly Segment[], { criteria, mentions }: DenialWords): boolean {
  return segments.some(({ text, groups }) =>
    groups.some(({ odd, at }) => {
      const behind = text.slice(at);
      return odd && criteria.test(behind) && !topics.some((topic) => mentions[topic].test(behind));
    }),
  );
}

function writeSigns(folded: string, { rules }: DenialWords, traits: ReadonlySet<Trait>): string {
  let text = folded;
  for (const { pattern, sign, when, unless = [] } of rules) {
    if (when !== undefined && !traits.has(when)) continue;
    if (unless.some((trait) => traits.has(trait))) continue;
    text = text.replaceAll(pattern, ` ${sign} `);
  }
  return text;
}

/** Puts a denial in front of what the parent says without a prefix: "unlikely" for "likely". */
function signPrefixes(text: string, original: string): string {
  const known: readonly string[] = original.match(/[a-z]{4,}/g) ?? [];
  return text.replaceAll(/\b(?:un|dis|non-?|in|im|ir|mis)([a-z]{5,})\b/g, (word, rest: string) => {
    const denies =
      !known.includes(word) &&
      known.some((other) => other.startsWith(rest.slice(0, 5)) || other.startsWith(rest.replace(/(?:ed|ing)$/, '')));
    return denies ? `${signs.avoid} ${rest}` : word;
  });
}

/** The topics of a clause: of its covered segments, or of all. */
function listTopics(segments: readonly Segment[], { mentions }: DenialWords, covered: boolean): readonly Topic[] {
  const texts = segments.filter((segment) => !covered || segment.covered).map(({ text }) => text);
  return topics.filter((topic) => texts.some((text) => mentions[topic].test(text)));
}

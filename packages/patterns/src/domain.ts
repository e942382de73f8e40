import { assertFields, assertText, joinPath } from './json-shape.ts';

/** The words that templates need to speak about one kind of item. Plain JSON data. */
export interface Domain {
  readonly name: string;
  /** BCP 47 language tag of the words and of the sentences written with them. */
  readonly language: string;
  /** "movie" */
  readonly itemNoun: string;
  /** "movies"; in languages without plural the same as `itemNoun`. */
  readonly itemsNoun: string;
  /** "watched", as in "movies I watched" */
  readonly interactedVerb: string;
  /** "watch", as in "what I will watch next" */
  readonly interactVerb: string;
  /** "film", as in "an expert in film" */
  readonly field: string;
  /** "eaten", as in "I have not eaten anything"; default: `interactedVerb`. */
  readonly interactedParticiple?: string;
  /** "an app"; default: "a" or "an" by the first letter in English, `itemNoun` elsewhere. */
  readonly anItem?: string;
  /** "film service", as in "a large film service"; default: the phrase `service` filled with `field`. */
  readonly service?: string;
  /** The classifier between number and noun, such as 部; the Chinese sentences need it. */
  readonly measureWord?: string;
}

const requiredWords: readonly string[] = [
  'name',
  'language',
  'itemNoun',
  'itemsNoun',
  'interactedVerb',
  'interactVerb',
  'field',
];
const optionalWords: readonly string[] = ['interactedParticiple', 'anItem', 'service', 'measureWord'];

/** Checks a domain and returns it. Throws `PatternError` naming the first word that is missing, blank or unknown. */
export function defineDomain(domain: Domain): Domain {
  assertDomain(domain, '');
  return domain;
}

/** Asserts a domain at a JSON path. */
export function assertDomain(value: unknown, path: string): asserts value is Domain {
  const fields = assertFields(value, path, [...requiredWords, ...optionalWords]);
  for (const word of requiredWords) assertText(fields[word], joinPath(path, word));
  for (const word of optionalWords) {
    if (fields[word] !== undefined) assertText(fields[word], joinPath(path, word));
  }
}

/**
 * The language of a tag whose sentences are built in: English of any region, Chinese in simplified characters; undefined
 * for all others.
 */
export function readLanguage(tag: string): 'en' | 'zh' | undefined {
  const [language, ...rest] = tag.toLowerCase().split(/[-_]/);
  if (language === 'en') return 'en';
  const traditional = rest.includes('hant') || (!rest.includes('hans') && /\b(?:tw|hk|mo)\b/.test(rest.join(' ')));
  return language === 'zh' && !traditional ? 'zh' : undefined;
}

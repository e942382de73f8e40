import { type Domain, readLanguage } from './domain.ts';
import { assertFields, assertText, joinPath } from './json-shape.ts';
import { PatternError } from './pattern-error.ts';
import { slotNames } from './slots.ts';
import { parseTemplate } from './template.ts';

/** The sentences around the patterns, with the slots of expressions and those named here. Plain JSON data. */
export interface Phrases {
  /** The line above the candidates. */
  readonly candidatesHeading: string;
  /** What stands for the history where there is none. */
  readonly emptyHistory: string;
  /** `{orderPhrase}` of a history in either order, with the punctuation that joins it; left out for a single item. */
  readonly oldestFirst: string;
  readonly recentFirst: string;
  /** `{service}` for domains without their own word. */
  readonly service: string;
  /** A rating; slot `{rating}`. */
  readonly rating: string;
  /** An attribute; slots `{name}`, `{values}`. */
  readonly attribute: string;
  /** Between the values of one attribute. */
  readonly valueSeparator: string;
  /** Attributes, rating and time gap after a title; slot `{details}`. */
  readonly details: string;
  /** Between two details. */
  readonly detailSeparator: string;
  /** Time between an item and the one above it; slot `{amount}` but for `sameDay`. */
  readonly sameDay: string;
  readonly days: string;
  readonly weeks: string;
  readonly months: string;
  readonly years: string;
  /** How a gap is said in a list with the oldest first, and in one with the most recent first; slot `{gap}`. */
  readonly later: string;
  readonly earlier: string;
}

const english: Phrases = {
  candidatesHeading:
    '{count:This is the only candidate|These are # candidate} {candidateItems} for what I {interactVerb} next:',
  emptyHistory: 'I have not {interactedParticiple} any {itemsNoun} yet.',
  oldestFirst: ', the oldest first',
  recentFirst: ', the most recent first',
  service: '{field} service',
  rating: 'rated {rating}',
  attribute: '{name}: {values}',
  valueSeparator: ', ',
  details: ' ({details})',
  detailSeparator: '; ',
  sameDay: 'the same day',
  days: '{amount:a day|# days}',
  weeks: '{amount:a week|# weeks}',
  months: '{amount:a month|# months}',
  years: '{amount:a year|# years}',
  later: '{gap} later',
  earlier: '{gap} earlier',
};

const chinese: Phrases = {
  candidatesHeading: '以下是供我接下来{interactVerb}的{count:唯一一| # }{measureWord}候选{candidateItems}：',
  emptyHistory: '我还没有{interactedVerb}任何{itemsNoun}。',
  oldestFirst: '，从旧到新排列',
  recentFirst: '，从新到旧排列',
  service: '{field}平台',
  rating: '评分 {rating}',
  attribute: '{name}：{values}',
  valueSeparator: '、',
  details: '（{details}）',
  detailSeparator: '；',
  sameDay: '与上一条同一天',
  days: '{amount} 天',
  weeks: '{amount} 周',
  months: '{amount} 个月',
  years: '{amount} 年',
  later: '比上一条晚 {gap}',
  earlier: '比上一条早 {gap}',
};

const names = Object.keys(english) as readonly (keyof Phrases)[];

/** The slots that a phrase may have. */
export function getPhraseSlots(name: keyof Phrases): readonly string[] {
  switch (name) {
    case 'candidatesHeading':
    case 'emptyHistory':
      return slotNames;
    case 'service':
      return ['field'];
    case 'rating':
      return ['rating'];
    case 'attribute':
      return ['name', 'values'];
    case 'details':
      return ['details'];
    case 'later':
    case 'earlier':
      return ['gap'];
    case 'days':
    case 'weeks':
    case 'months':
    case 'years':
      return ['amount'];
    default:
      return [];
  }
}

/** Asserts phrases at a JSON path. */
export function assertPhrases(value: unknown, path: string): asserts value is Partial<Phrases> {
  const fields = assertFields(value, path, names);
  for (const name of names) {
    if (fields[name] === undefined) continue;
    const where = joinPath(path, name);
    parseTemplate(assertText(fields[name], where, { blank: true }), { where, slots: getPhraseSlots(name) });
  }
}

/**
 * The phrases of a domain's language, with the given ones in their place. Throws `PatternError` naming those that are
 * missing in a language that has none built in.
 */
export function resolvePhrases(domain: Domain, phrases: Partial<Phrases> = {}): Phrases {
  const language = readLanguage(domain.language);
  if (language !== undefined) {
    const builtIn = language === 'en' ? english : chinese;
    return Object.fromEntries(names.map((name) => [name, phrases[name] ?? builtIn[name]])) as unknown as Phrases;
  }
  const missing = names.filter((name) => phrases[name] === undefined);
  if (missing.length > 0) {
    throw new PatternError(
      `Expected all phrases for the language ${domain.language}, received none for ${missing.join(', ')}. Only English and simplified Chinese are built in: write the missing ones in the field phrases of the space.`,
    );
  }
  return phrases as Phrases;
}

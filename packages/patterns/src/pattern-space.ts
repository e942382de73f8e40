import { assertDomain, type Domain, readLanguage } from './domain.ts';
import { listTemplates } from './history-wording.ts';
import { assertFields, assertList, joinPath } from './json-shape.ts';
import { assertLayout, type Layout } from './layout.ts';
import { assertPattern, type Pattern } from './pattern.ts';
import { PatternError } from './pattern-error.ts';
import { assertPhrases, getPhraseSlots, type Phrases, resolvePhrases } from './phrases.ts';
import { parseTemplate } from './template.ts';

/** The joint action space: one domain and the patterns of all agents. Plain JSON data; a value, never changed in place. */
export interface PatternSpace {
  readonly domain: Domain;
  /** At most one pattern for each section; `history` and `format` are required. */
  readonly patterns: readonly Pattern[];
  readonly layout?: Layout;
  /** The sentences around the patterns; what is left out is built in for English and simplified Chinese. */
  readonly phrases?: Partial<Phrases>;
}

/**
 * Checks patterns and their combination, also of data from elsewhere, and returns them as a new value. Throws `PatternError`
 * with the JSON path of what is wrong.
 */
export function createPatternSpace(space: PatternSpace): PatternSpace {
  assertFields(space, '', ['domain', 'patterns', 'layout', 'phrases']);
  const { domain, layout, phrases } = space;
  assertDomain(domain, 'domain');
  const patterns = assertPatterns(space.patterns);
  if (layout !== undefined) assertLayout(layout, 'layout', patterns);
  if (phrases !== undefined) assertPhrases(phrases, 'phrases');
  assertLanguage(domain, patterns);
  assertMeasureWord(domain, patterns, resolvePhrases(domain, phrases));
  return {
    domain,
    patterns: [...patterns],
    ...(layout === undefined ? {} : { layout }),
    ...(phrases === undefined ? {} : { phrases }),
  };
}

function assertPatterns(value: unknown): readonly Pattern[] {
  const patterns = assertList(value, 'patterns');
  const names = new Set<string>();
  const sections = new Set<string>();
  patterns.forEach((pattern, index) => {
    assertPattern(pattern, joinPath('patterns', index));
    const { name, section } = pattern;
    if (names.has(name)) throw new PatternError(`Expected unique pattern names, received ${name} twice. Rename one.`);
    if (sections.has(section)) {
      throw new PatternError(
        `Expected one pattern for the section ${section}, received two. Merge their expressions with extendPattern.`,
      );
    }
    names.add(name);
    sections.add(section);
  });
  for (const required of ['history', 'format']) {
    if (!sections.has(required)) {
      throw new PatternError(
        `Expected a pattern for the section ${required}, received none. A prompt cannot do without it.`,
      );
    }
  }
  return patterns as readonly Pattern[];
}

/** Words of one language in sentences of another are a prompt that nobody wants; Chinese sentences show by their characters. */
function assertLanguage(domain: Domain, patterns: readonly Pattern[]): void {
  if (readLanguage(domain.language) !== 'zh') return;
  const templates = patterns.flatMap(({ expressions }) => expressions.map(({ template }) => template));
  if (templates.some((template) => /\p{sc=Han}/u.test(template)) || templates.every((template) => template === '')) {
    return;
  }
  throw new PatternError(
    `Expected sentences in ${domain.language}, the language of the domain ${domain.name}, received none with a Chinese character. Use createPatterns({ language: 'zh' }), or a domain in the language of the sentences.`,
  );
}

/** The one word of a domain that has no default; only sentences of some languages need it. */
function assertMeasureWord(domain: Domain, patterns: readonly Pattern[], phrases: Phrases): void {
  if (domain.measureWord !== undefined) return;
  const templates: (readonly [where: string, template: string, slots: readonly string[]])[] = patterns.flatMap(
    (pattern) =>
      pattern.expressions.flatMap((expression) =>
        listTemplates(expression).map(
          ({ text, slots }) => [`expression ${expression.id} of pattern ${pattern.name}`, text, slots] as const,
        ),
      ),
  );
  for (const name of Object.keys(phrases) as (keyof Phrases)[]) {
    templates.push([`the phrase ${name}`, phrases[name], getPhraseSlots(name)]);
  }
  for (const [where, template, slots] of templates) {
    const parts = parseTemplate(template, { where, slots });
    if (parts.some((part) => typeof part !== 'string' && part.name === 'measureWord')) {
      const advice = readLanguage(domain.language) === 'en' ? ', or use sentences in the language of the domain' : '';
      throw new PatternError(
        `Expected domain.measureWord to fill {measureWord} in ${where}, received none. Add it to the domain ${domain.name}${advice}.`,
      );
    }
  }
}

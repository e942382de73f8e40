import { type Domain, readLanguage } from './domain.ts';
import type { Expression } from './expression.ts';
import { type ExpressionTemplate, listTemplates } from './history-wording.ts';
import { type Layout, resolveLayout } from './layout.ts';
import { type HistoryRecords, type Pattern, resolveRecords } from './pattern.ts';
import { createPatternSpace, type PatternSpace } from './pattern-space.ts';
import { getPhraseSlots, type Phrases, resolvePhrases } from './phrases.ts';
import { bindTemplate, parseTemplate, renderTemplate, type SlotValues, type Template } from './template.ts';

/** What composing a prompt needs of a space, with its defaults and its domain's words filled in. */
export interface PromptSentences {
  readonly layout: Required<Layout>;
  readonly records: Required<HistoryRecords>;
  readonly phrases: Readonly<Record<keyof Phrases, Template>>;
  readonly nouns: Pick<Domain, 'itemNoun' | 'itemsNoun'>;
  /** Position in `PatternSpace.patterns` by section. */
  readonly positions: Readonly<Partial<Record<Pattern['section'], number>>>;
  getTemplates(expression: Expression): ExpressionTemplates;
}

/** The templates of one expression, as far as it has them. */
type ExpressionTemplates = { readonly template: Template } & Readonly<
  Partial<Record<ExpressionTemplate['name'], Template>>
>;

const known = new WeakMap<PatternSpace, PromptSentences>();

/** The sentences of a space, read once a space. Throws `PatternError` for one that `createPatternSpace` would refuse. */
export function getPromptSentences(space: PatternSpace): PromptSentences {
  let sentences = known.get(space);
  if (sentences === undefined) {
    // Also of spaces from elsewhere: a word that is missing would otherwise be written as "undefined".
    sentences = createPromptSentences(createPatternSpace(space));
    known.set(space, sentences);
  }
  return sentences;
}

function createPromptSentences({ domain, patterns, layout, phrases }: PatternSpace): PromptSentences {
  const resolved = resolvePhrases(domain, phrases);
  const words = computeWords(domain, resolved);
  const read = (where: string, template: string, slots: readonly string[]): Template =>
    bindTemplate(parseTemplate(template, { where, slots }), words);
  const templates = new WeakMap<Expression, ExpressionTemplates>();
  return {
    layout: resolveLayout(layout),
    records: resolveRecords(patterns.find(({ section }) => section === 'history')?.records),
    phrases: Object.fromEntries(
      Object.entries(resolved).map(([name, text]) => [
        name,
        read(`the phrase ${name}`, text, getPhraseSlots(name as keyof Phrases)),
      ]),
    ) as Record<keyof Phrases, Template>,
    nouns: domain,
    positions: Object.fromEntries(patterns.map(({ section }, position) => [section, position])),
    getTemplates(expression) {
      let found = templates.get(expression);
      if (found === undefined) {
        found = Object.fromEntries(
          listTemplates(expression).map(({ name, text, slots }) => [
            name,
            read(`expression ${expression.id}`, text, slots),
          ]),
        ) as ExpressionTemplates;
        templates.set(expression, found);
      }
      return found;
    },
  };
}

function computeWords(domain: Domain, { service }: Phrases): SlotValues {
  const { itemNoun, itemsNoun, interactedVerb, interactVerb, field, measureWord } = domain;
  const article = /^[aeiou]/i.test(itemNoun) ? 'an' : 'a';
  return {
    itemNoun,
    itemsNoun,
    interactedVerb,
    interactVerb,
    field,
    interactedParticiple: domain.interactedParticiple ?? interactedVerb,
    anItem: domain.anItem ?? (readLanguage(domain.language) === 'en' ? `${article} ${itemNoun}` : itemNoun),
    service:
      domain.service ??
      renderTemplate(parseTemplate(service, { where: 'the phrase service', slots: ['field'] }), { field }),
    ...(measureWord === undefined ? {} : { measureWord }),
  };
}

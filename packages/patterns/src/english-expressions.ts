import type { Expression } from './expression.ts';
import type { HistoryWording } from './history-wording.ts';

/** Perspectives on who the model is, "none" among them. */
export const englishRoles: readonly Expression[] = [
  { id: 'none', perspective: 'no role', template: '' },
  {
    id: 'expert',
    perspective: 'expert',
    template: 'You are an expert in {field} who also knows its lesser-known corners.',
  },
  {
    id: 'recommender',
    perspective: 'recommender',
    template: 'You are the recommender system of a large {service}.',
  },
  {
    id: 'interest-ranker',
    perspective: 'ranker that matches interests',
    template: 'You rank {itemsNoun} by how well they fit the interests of one particular person.',
  },
  {
    id: 'attention',
    perspective: 'familiar with the domain, knows what catches interest',
    template: 'You know {field} well and have a sense for the {itemsNoun} that catch people’s interest.',
  },
  {
    id: 'crowd',
    perspective: 'follows the crowd',
    template: 'You follow closely which {itemsNoun} are popular with most people.',
  },
];

/** The line above the history. */
export const englishHistoryHeading: string =
  '{historyCount:This is the|These are the #} {historyItems} I {interactedVerb} most recently{orderPhrase}:';

/** The same with the most recent item named once more. */
export const englishRecencyFocus: HistoryWording = {
  template: englishHistoryHeading,
  closing: 'Pay special attention to the one I {interactedVerb} last:\n- {latestTitle}',
};

/** The history before the most recent item as a worked example, whose answer is that item. */
export const englishInContext: HistoryWording = {
  template: '{historyCount:This is a|These are #} {historyItems} I {interactedVerb}{orderPhrase}:',
  closing:
    'Had I asked then what to {interactVerb} next, the right answer would have been what I really {interactedVerb} after that:\n- {latestTitle}',
  heldOut: true,
};

/** The history, and what people like this one chose after theirs. */
export const englishSimilarUsers: HistoryWording & Required<Pick<HistoryWording, 'examples'>> = {
  template: englishHistoryHeading,
  examples: {
    count: 3,
    heading:
      'This is how {exampleCount:someone whose taste is|# people whose tastes are} close to mine went on after what they {interactedVerb}.',
    template:
      'Person {exampleNumber} {interactedVerb} {historyCount:this|these #} {historyItems}{orderPhrase}:\n{exampleHistory}\nAnd after that, person {exampleNumber} {interactedVerb}:\n- {chosenTitle}',
  },
};

/** Perspectives on how to get from history to ranking. */
export const englishReasonings: readonly Expression[] = [
  {
    id: 'plain',
    perspective: 'plain priority order',
    template: 'Put the candidates in the order in which I should {interactVerb} them.',
  },
  {
    id: 'by-history',
    perspective: 'according to history',
    template: 'Order the candidates according to the {itemsNoun} I {interactedVerb}.',
  },
  {
    id: 'preferences-only',
    perspective: 'only my preferences',
    template: 'Order the candidates by my personal preferences alone; how famous {anItem} is does not matter.',
  },
  {
    id: 'next-step-by-step',
    perspective: 'likelihood of interacting next, step by step',
    template:
      'Estimate how likely I am to {interactVerb} each candidate next, and order the candidates by that. Reason step by step.',
  },
  {
    id: 'infer-preferences',
    perspective: 'preferences inferred from history',
    template: 'First work out my preferences from everything I {interactedVerb}, then order the candidates by them.',
  },
  {
    id: 'update-preferences',
    perspective: 'after updating preferences with recent items',
    template:
      'My taste shifts: let the {itemsNoun} I {interactedVerb} most recently count most when you order the candidates.',
  },
  {
    id: 'similar-preferences',
    perspective: 'similarity to my preferences',
    template: 'Order the candidates by how similar they are to what I prefer.',
  },
  {
    id: 'similarity-score',
    perspective: 'similarity score against the whole history',
    template:
      'Give each candidate a score for its similarity to {historyCount:the one|all the} {historyItems} listed above that I {interactedVerb}, then order the candidates by score.',
  },
  {
    id: 'rank-then-refine',
    perspective: 'rank, then refine',
    template:
      'Draft an order, compare it with what I {interactedVerb}, correct it, and report the corrected order only.',
  },
];

const numberedTitles: Expression = {
  id: 'numbered-titles',
  perspective: 'order-numbered list of titles',
  template:
    'Write the answer as a numbered list with {count:the title of the only candidate|the titles of all # candidates, the best first}.',
  answer: 'titles',
};

const example: Expression = {
  id: 'example',
  perspective: 'with an output example',
  template:
    'Write {count:the only title|all # titles, the best first,} exactly in this shape:\n1. <title of the best candidate>{count:|\n2. <title of the second best candidate>\nand so on.}',
  answer: 'titles',
};

/** Perspectives on the shape of the answer: five manners. */
export const englishFormats: readonly Expression[] = [
  numberedTitles,
  {
    id: 'json-array',
    perspective: 'JSON array of titles',
    template:
      'Write a JSON array of strings with {count:the title of the only candidate|the titles of all # candidates, the best first}, and nothing else.',
    answer: 'titles',
  },
  {
    id: 'indices',
    perspective: 'candidate numbers',
    template:
      'Write one line with {count:the number of the only candidate, in the form [A].|the numbers of all # candidates, the best first, in the form [B] > [C] > [A].}',
    answer: 'indices',
  },
  {
    id: 'brief',
    perspective: 'no explanation or other words',
    template:
      'Be brief: a numbered list of {count:the only title|all # titles, the best first}, with no explanation and no other words.',
    answer: 'titles',
  },
  example,
];

/** Perspectives of the reference setting: numbered lists only, in five tones. */
export const englishReferenceFormats: readonly Expression[] = [
  numberedTitles,
  {
    id: 'titles-directly',
    perspective: 'order-numbered list without extra steps',
    template:
      'Show no intermediate steps: write only the numbered list with {count:the title of the only candidate|the titles of all # candidates, the best first}.',
    answer: 'titles',
  },
  {
    id: 'short-reminder',
    perspective: 'sharp reminder to be brief',
    template:
      'Keep it short! A numbered list of {count:the only title|all # titles, the best first}: I will read nothing beyond it.',
    answer: 'titles',
  },
  {
    id: 'no-explanation',
    perspective: 'no explanation or other words',
    template:
      'Write a numbered list of {count:the only title|all # titles, the best first}, with no explanation and no other words.',
    answer: 'titles',
  },
  example,
];

/**
 * Asks for the candidates' numbers as an object `{ ranking: number[] }`; the prompt then carries the response schema. Not in
 * the presets: add it with `extendPattern(formatPattern, [structuredFormatExpression])` for models with structured output.
 */
export const structuredFormatExpression: Expression = {
  id: 'structured',
  perspective: 'object with candidate numbers, by schema',
  template:
    'Answer with a JSON object whose only field, "ranking", is an array of {count:one integer, the number of the only candidate|# integers, the numbers of all candidates, the best first, each exactly once}. The first candidate has the number {firstNumber}, the last {lastNumber}.',
  answer: 'schema',
};

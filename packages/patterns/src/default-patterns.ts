import { definePattern, type Pattern } from './pattern.ts';

/** Six perspectives on who the model is, "none" among them. */
export const rolePattern: Pattern = definePattern({
  name: 'role',
  section: 'role',
  expressions: [
    { id: 'none', perspective: 'no role', template: '' },
    {
      id: 'expert',
      perspective: 'expert',
      template: 'You are an expert in {field} who also knows its lesser-known corners.',
    },
    {
      id: 'recommender',
      perspective: 'recommender',
      template: 'You are the recommender system of a large {field} service.',
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
  ],
});

/** Windows of 2, 5, 10, 20 and 40 most recent items, oldest first. */
export const historyPattern: Pattern = definePattern({
  name: 'history',
  section: 'history',
  expressions: [2, 5, 10, 20, 40].map((window) => ({
    id: `last-${window}`,
    perspective: `the last ${window} items`,
    template: 'These are the {historyCount} {itemsNoun} I {interactedVerb} most recently, the oldest first:',
    window,
  })),
});

/** Nine perspectives on how to get from history to ranking. */
export const reasoningPattern: Pattern = definePattern({
  name: 'reasoning',
  section: 'reasoning',
  expressions: [
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
      template: 'Order the candidates by my personal preferences alone; how famous a {itemNoun} is does not matter.',
    },
    {
      id: 'next-step-by-step',
      perspective: 'likelihood of interacting next, step by step',
      template: 'Estimate how likely I am to {interactVerb} each candidate next. Think step by step.',
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
        'Give each candidate a score for its similarity to all the {itemsNoun} listed above, then order the candidates by score.',
    },
    {
      id: 'rank-then-refine',
      perspective: 'rank, then refine',
      template:
        'Draft an order, compare it with what I {interactedVerb}, correct it, and report the corrected order only.',
    },
  ],
});

/** Five perspectives on the shape of the answer. */
export const formatPattern: Pattern = definePattern({
  name: 'format',
  section: 'format',
  expressions: [
    {
      id: 'numbered-titles',
      perspective: 'order-numbered list of titles',
      template: 'Write the answer as a numbered list with the titles of all {count} candidates, the best first.',
      answer: 'titles',
    },
    {
      id: 'titles-directly',
      perspective: 'order-numbered list without extra steps',
      template:
        'Show no intermediate steps: write only the numbered list with the titles of all {count} candidates, the best first.',
      answer: 'titles',
    },
    {
      id: 'indices',
      perspective: 'candidate numbers',
      template:
        'Write one line with the numbers of all {count} candidates, the best first, in the form [B] > [C] > [A].',
      answer: 'indices',
    },
    {
      id: 'brief',
      perspective: 'no explanation or other words',
      template:
        'Be brief: a numbered list of all {count} titles, the best first, with no explanation and no other words.',
      answer: 'titles',
    },
    {
      id: 'example',
      perspective: 'with an output example',
      template:
        'Write all {count} titles, the best first, exactly in this shape:\n1. <title of the best candidate>\n2. <title of the second best candidate>\nand so on.',
      answer: 'titles',
    },
  ],
});

/** The default action spaces: 6 roles x 5 windows x 9 reasonings x 5 formats = 1,350 joint actions. */
export const defaultPatterns: readonly Pattern[] = [rolePattern, historyPattern, reasoningPattern, formatPattern];

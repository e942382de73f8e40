/** Slots that every expression may use. */
export const slotNames: readonly string[] = [
  'count',
  'historyCount',
  'firstNumber',
  'lastNumber',
  'candidateItems',
  'historyItems',
  'orderPhrase',
  'itemNoun',
  'itemsNoun',
  'anItem',
  'interactedVerb',
  'interactedParticiple',
  'interactVerb',
  'field',
  'service',
  'measureWord',
];

/** A slot as it stands in a sentence, such as `{itemsNoun}` or `{count:the only title|all # titles}`. */
export interface Slot {
  /** What stands before the colon; the whole content where there is none. */
  readonly name: string;
  /** With its braces and words. */
  readonly text: string;
}

const slot = /\{\{|\}\}|\{([^{}:]*)(?::([^{}]*))?\}/g;

/** The slots of a sentence in their order; `{{` and `}}` are braces. */
export function readSlots(sentence: string): readonly Slot[] {
  return [...sentence.matchAll(slot)].flatMap(([text, name]) => (name === undefined ? [] : [{ name, text }]));
}

/** Whether two sentences hold the same slots, word for word and equally often, in whatever order. */
export function hasSameSlots(left: string, right: string): boolean {
  const list = (sentence: string): string =>
    JSON.stringify(
      readSlots(sentence)
        .map(({ text }) => text)
        .toSorted(),
    );
  return list(left) === list(right);
}

const samples: Readonly<Record<'en' | 'zh', Readonly<Record<string, string>>>> = {
  en: {
    candidateItems: 'movies',
    historyItems: 'movies',
    orderPhrase: ', the oldest first',
    itemNoun: 'movie',
    itemsNoun: 'movies',
    anItem: 'a movie',
    interactedVerb: 'watched',
    interactedParticiple: 'watched',
    interactVerb: 'watch',
    field: 'film',
    service: 'film service',
  },
  zh: {
    candidateItems: '电影',
    historyItems: '电影',
    orderPhrase: '，从旧到新排列',
    itemNoun: '电影',
    itemsNoun: '电影',
    anItem: '电影',
    interactedVerb: '看过',
    interactedParticiple: '看过',
    interactVerb: '看',
    field: '电影',
    service: '电影平台',
    measureWord: '部',
  },
};

/**
 * A sentence with words in its slots, as a ranking model would see it: those about movies where the slot is known, the form
 * for many with the number 10 where it has two forms, else the number.
 */
export function fillSlots(sentence: string, language: 'en' | 'zh'): string {
  return sentence.replaceAll(slot, (text: string, name: string | undefined, forms: string | undefined) => {
    if (name === undefined) return text[0]!;
    if (forms !== undefined) return (forms.split('|').at(-1) ?? '').replaceAll('#', '10');
    return Object.hasOwn(samples[language], name) ? samples[language][name]! : '10';
  });
}

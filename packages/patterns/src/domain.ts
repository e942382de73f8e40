import { describeValue } from '@rppkit/spec';
import { PatternError } from './pattern-error.ts';

/** The words that templates need to speak about one kind of item. Plain JSON data. */
export interface Domain {
  readonly name: string;
  /** BCP 47 language tag of the words and of the sentences written with them. */
  readonly language: string;
  /** "movie" */
  readonly itemNoun: string;
  /** "movies" */
  readonly itemsNoun: string;
  /** "watched", as in "movies I watched" */
  readonly interactedVerb: string;
  /** "watch", as in "what I will watch next" */
  readonly interactVerb: string;
  /** "film", as in "an expert in film" */
  readonly field: string;
}

/** Movies, in English. */
export const movies: Domain = {
  name: 'movies',
  language: 'en',
  itemNoun: 'movie',
  itemsNoun: 'movies',
  interactedVerb: 'watched',
  interactVerb: 'watch',
  field: 'film',
};

/** Anything that people choose, in English. */
export const products: Domain = {
  name: 'products',
  language: 'en',
  itemNoun: 'product',
  itemsNoun: 'products',
  interactedVerb: 'chose',
  interactVerb: 'choose',
  field: 'shopping',
};

/** Checks that every word is there. Throws `PatternError` naming the first that is not. */
export function assertDomain(domain: Domain): void {
  for (const name of Object.keys(movies) as (keyof Domain)[]) {
    const word: unknown = domain[name];
    if (typeof word !== 'string' || word.trim() === '') {
      throw new PatternError(
        `Expected the domain's ${name} to be a word, received ${describeValue(word)}. Fill it in.`,
      );
    }
  }
}

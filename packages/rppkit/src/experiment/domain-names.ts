import type { domains } from '@rppkit/patterns';

/** A built-in domain, in English. */
export type DomainName = keyof typeof domains;

// The compiler keeps this complete. Importing the list instead would load every sentence for the sake of a help page.
const known: Readonly<Record<DomainName, true>> = {
  movies: true,
  games: true,
  music: true,
  books: true,
  news: true,
  products: true,
};

/** The domains that a run can speak of, in the order in which help and errors list them. */
export const domainNames: readonly DomainName[] = Object.keys(known) as DomainName[];

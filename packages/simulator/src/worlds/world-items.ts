import { type Item, type RandomStream, samplePermutation } from '@rppkit/spec';
import { type AliasTable, createAliasTable } from './alias-table.ts';
import { sampleTitles } from './item-titles.ts';

/** Genres with their share among first genres. */
const genreShares: readonly (readonly [string, number])[] = [
  ['Drama', 1.2],
  ['Comedy', 1.2],
  ['Action', 1.1],
  ['Thriller', 1.1],
  ['Romance', 1.1],
  ['Adventure', 1],
  ['Crime', 1],
  ['Horror', 1],
  ['Science Fiction', 1],
  ['Family', 1],
  ['Animation', 1],
  ['Fantasy', 1],
  ['Mystery', 1],
  ['War', 0.9],
  ['Musical', 0.9],
  ['Documentary', 0.9],
  ['Western', 0.9],
  ['Film-Noir', 0.9],
];

const genreCount: number = genreShares.length;

/** Chances of one, two and three genres. */
const genresPerItem: readonly number[] = [0.72, 0.24, 0.04];

/** How a user picks among the items of a genre. */
const popularityTastes = ['mainstream', 'niche', 'even'] as const;
export type PopularityTaste = (typeof popularityTastes)[number];

/** Popularity of an item at quantile q (0: least, 1: most popular) of the catalogue: Zipf-Mandelbrot in its rank from the top, exponent 0.5. */
function computePopularity(quantile: number): number {
  return (1 - quantile + 0.03) ** -0.5;
}

/** The share of an item's choices that comes from people who look for little-known items falls around this quantile. */
const nicheEnd = 0.66;
const nicheSlope = 0.04;

/**
 * Weight of an item at popularity quantile q. The niche and the mainstream share add up to the popularity, and each has
 * about half of it, so that counts keep the order of q.
 */
const popularityWeights: Readonly<Record<PopularityTaste, (quantile: number) => number>> = {
  mainstream: (quantile) => computePopularity(quantile) / (1 + Math.exp((nicheEnd - quantile) / nicheSlope)),
  niche: (quantile) => computePopularity(quantile) / (1 + Math.exp((quantile - nicheEnd) / nicheSlope)),
  even: () => 1,
};

export interface WorldItems {
  readonly items: readonly Item[];
  /** Index of a genre in proportion to its share among the items. */
  readonly genreTable: AliasTable;
  /** An item that has the genre, chosen with the popularity taste. */
  sampleItem(genre: number, taste: PopularityTaste, random: RandomStream): number;
}

/** `count` items with distinct titles, one to three genres, a year from 1950 to 2019 and a place in the popularity order. */
export function createWorldItems(count: number, random: RandomStream): WorldItems {
  const titles = sampleTitles(random.split('titles'), count);
  const shares = createAliasTable(Float64Array.from(genreShares, ([, share]) => share));
  const amounts = createAliasTable(Float64Array.from(genresPerItem));
  const genreCounts = new Uint8Array(count);
  const itemsOfGenre: number[][] = genreShares.map(() => []);
  const details = random.split('details');
  const items = titles.map((title, index): Item => {
    // The first items cover all genres, so that none is empty.
    const genres = new Set([index < genreCount ? index : shares.sample(details)]);
    const amount = amounts.sample(details) + 1;
    while (genres.size < amount) genres.add(shares.sample(details));
    const sorted = [...genres].sort((left, right) => left - right);
    genreCounts[index] = amount;
    for (const genre of sorted) itemsOfGenre[genre]!.push(index);
    const year = String(1950 + Math.floor(70 * Math.sqrt(details.uniform())));
    return {
      id: `m${index + 1}`,
      title: `${title} (${year})`,
      attributes: { genres: sorted.map((genre) => genreShares[genre]![0]), year },
    };
  });
  // Places in the popularity order, 0 the least popular; independent of ids, titles and genres.
  const places = samplePermutation(random.split('popularity'), count);
  const tables = itemsOfGenre.map((members) =>
    Object.fromEntries(
      popularityTastes.map((taste) => [
        taste,
        createAliasTable(
          // An item of two genres is offered twice.
          Float64Array.from(
            members,
            (item) => popularityWeights[taste]((places[item]! + 0.5) / count) / genreCounts[item]!,
          ),
        ),
      ]),
    ),
  );
  return {
    items,
    genreTable: createAliasTable(Float64Array.from(itemsOfGenre, (members) => members.length)),
    sampleItem: (genre, taste, stream) => itemsOfGenre[genre]![tables[genre]![taste]!.sample(stream)]!,
  };
}

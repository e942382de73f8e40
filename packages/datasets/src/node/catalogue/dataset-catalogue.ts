import type { CatalogueEntry } from './catalogue-entry.ts';

const groupLens = 'https://files.grouplens.org/datasets';

/** Common to all MovieLens sets; `redistribution` differs between them. */
const movielens = (redistribution: string) =>
  ({
    mirrors: [],
    licence:
      'GroupLens terms: for research; acknowledge the data set in publications; do not state or imply endorsement by ' +
      `the University of Minnesota or GroupLens; ${redistribution}; no commercial or revenue-bearing use without ` +
      'permission from GroupLens; no warranty. The full text is in the README of the archive.',
    commercialUse: 'with permission',
    citation:
      'F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. ACM Transactions ' +
      'on Interactive Intelligent Systems 5, 4, Article 19. https://doi.org/10.1145/2827872',
  }) as const;

const notWithoutPermission = movielens('do not redistribute without separate permission');
const asReadmeAllows = movielens('redistribute only as the README allows');

const amazon2023 = {
  mirrors: [],
  licence:
    'The publishers (McAuley Lab, UC San Diego) assign no licence: they make the data available primarily for ' +
    'research and leave it to users to keep to ethical guidelines and to the law. See ' +
    'https://huggingface.co/datasets/McAuley-Lab/Amazon-Reviews-2023/discussions/1.',
  commercialUse: 'not stated',
  citation:
    'Yupeng Hou, Jiacheng Li, Zhankui He, An Yan, Xiusi Chen and Julian McAuley. 2024. Bridging Language and Items ' +
    'for Retrieval and Recommendation. arXiv:2403.03952',
  homepage: 'https://amazon-reviews-2023.github.io/',
  format: 'CSV in gzip with the columns user_id, parent_asin, rating, timestamp (milliseconds); no titles.',
} as const;

const amazonRatings = 'https://mcauleylab.ucsd.edu/public_datasets/data/amazon_2023/benchmark/0core/rating_only';

/**
 * The data sets that `fetchDataset` knows by name. Every checksum stands in at least two public records that do not
 * copy each other; the comment says in how many it was found. Sets without such records are left out.
 */
export const datasetCatalogue: readonly CatalogueEntry[] = [
  {
    // Sum in more than five records, size in one, a data set library's checksum list.
    name: 'ml-100k',
    title: 'MovieLens 100K',
    file: 'ml-100k.zip',
    url: `${groupLens}/movielens/ml-100k.zip`,
    bytes: 4_924_029,
    sha256: '50d2a982c66986937beb9ffb3aa76efe955bf3d5c6b761f4e3a7cd717c6a3229',
    format: 'u.data (tabs), u.item ("|", ISO 8859-1), u.user, u.genre: 100,000 ratings, 943 users, 1,682 films, 1998.',
    homepage: 'https://grouplens.org/datasets/movielens/100k/',
    ...notWithoutPermission,
  },
  {
    // Sum in more than five records, size in one, a data set library's checksum list.
    name: 'ml-1m',
    title: 'MovieLens 1M',
    file: 'ml-1m.zip',
    url: `${groupLens}/movielens/ml-1m.zip`,
    bytes: 5_917_549,
    sha256: 'a6898adb50b9ca05aa231689da44c217cb524e7ebd39d264c56e2832f2c54e20',
    format: 'ratings.dat, movies.dat, users.dat ("::", ISO 8859-1): 1,000,209 ratings, 6,040 users, 3,883 films, 2003.',
    homepage: 'https://grouplens.org/datasets/movielens/1m/',
    ...notWithoutPermission,
  },
  {
    // Sum in three records, size in two of them.
    name: 'ml-10m',
    title: 'MovieLens 10M',
    file: 'ml-10m.zip',
    url: `${groupLens}/movielens/ml-10m.zip`,
    bytes: 65_566_137,
    sha256: '813c411ccb6122564edfe752e7f80c4dcc5aa25fa94c93622f6877a7ba252862',
    format: 'ratings.dat, movies.dat, tags.dat ("::", UTF-8): 10,000,054 ratings, 10,681 films, 2009.',
    homepage: 'https://grouplens.org/datasets/movielens/10m/',
    ...notWithoutPermission,
  },
  {
    // Sum in more than five records, size in two of them.
    name: 'ml-20m',
    title: 'MovieLens 20M',
    file: 'ml-20m.zip',
    url: `${groupLens}/movielens/ml-20m.zip`,
    bytes: 198_702_078,
    sha256: '96f243c338a8665f6bcc89c53edf6ee39162a846940de6b7c8c48aeada765ff3',
    format: 'ratings.csv, movies.csv, tags.csv, links.csv, genome files: 20,000,263 ratings, 138,493 users, 2016.',
    homepage: 'https://grouplens.org/datasets/movielens/20m/',
    ...asReadmeAllows,
  },
  {
    // Sum in five records, size in two of them.
    name: 'ml-25m',
    title: 'MovieLens 25M',
    file: 'ml-25m.zip',
    url: `${groupLens}/movielens/ml-25m.zip`,
    bytes: 261_978_986,
    sha256: '8b21cfb7eb1706b4ec0aac894368d90acf26ebdfb6aced3ebd4ad5bd1eb9c6aa',
    format: 'ratings.csv, movies.csv, tags.csv, links.csv, genome files: 25,000,095 ratings, 162,541 users, 2019.',
    homepage: 'https://grouplens.org/datasets/movielens/25m/',
    ...asReadmeAllows,
  },
  {
    // Sum in more than five records, size in two of them.
    name: 'ml-32m',
    title: 'MovieLens 32M',
    file: 'ml-32m.zip',
    url: `${groupLens}/movielens/ml-32m.zip`,
    bytes: 238_950_008,
    sha256: 'e4a68655d7386b8f95f2f2424b2ff975dfdd15ffd59e0d864a14dca43e99d6ee',
    format: 'ratings.csv, movies.csv, tags.csv, links.csv: 32,000,204 ratings, 200,948 users, 87,585 films, 2023.',
    homepage: 'https://grouplens.org/datasets/movielens/32m/',
    ...asReadmeAllows,
  },
  {
    // Sum in more than five records, size in one, a data set library's checksum list.
    name: 'ml-latest-small',
    title: 'MovieLens latest small, September 2018',
    file: 'ml-latest-small.zip',
    url: `${groupLens}/movielens/ml-latest-small.zip`,
    bytes: 978_202,
    sha256: '696d65a3dfceac7c45750ad32df2c259311949efec81f0f144fdfb91ebc9e436',
    format:
      'ratings.csv, movies.csv, tags.csv, links.csv: 100,836 ratings, 610 users, 9,742 films. GroupLens may change ' +
      'this set; the checksum is that of the release of September 2018, and another release is refused.',
    homepage: 'https://grouplens.org/datasets/movielens/latest/',
    ...asReadmeAllows,
  },
  {
    // Sum in four records; none states the size.
    name: 'hetrec2011-lastfm-2k',
    title: 'HetRec 2011 Last.fm 2K',
    file: 'hetrec2011-lastfm-2k.zip',
    url: `${groupLens}/hetrec2011/hetrec2011-lastfm-2k.zip`,
    mirrors: [],
    bytes: undefined,
    sha256: '6738f48195667ff03caaab4d32ca9a3133d8cc026b7c3cdaf6ce1010e913c59c',
    format:
      'user_artists.dat, artists.dat, tags and friends (tabs): 92,834 play counts of 1,892 users and 17,632 artists. ' +
      'The weight of a row is a play count, not a time.',
    licence:
      'Non-commercial use only; ask Last.fm for any other. Cite the Last.fm website. The text is in the readme.txt of ' +
      'the archive.',
    commercialUse: 'no',
    citation:
      'Iván Cantador, Peter Brusilovsky and Tsvi Kuflik. 2011. 2nd Workshop on Information Heterogeneity and Fusion ' +
      'in Recommender Systems (HetRec 2011). Proceedings of RecSys 2011, ACM. Data: Last.fm, http://www.lastfm.com',
    homepage: 'https://grouplens.org/datasets/hetrec-2011/',
  },
  {
    // Sum in two records, size in one of them.
    name: 'amazon-2023-all-beauty',
    title: 'Amazon Reviews 2023, All Beauty, ratings only',
    file: 'amazon-2023-all-beauty.csv.gz',
    url: `${amazonRatings}/All_Beauty.csv.gz`,
    bytes: 21_954_519,
    sha256: '54b894e68ad965aa73cdb80d8695c1ed37679c46f38b6f97b21ab0fb585aab24',
    ...amazon2023,
  },
  {
    // Sum in two records, size in one of them.
    name: 'amazon-2023-baby-products',
    title: 'Amazon Reviews 2023, Baby Products, ratings only',
    file: 'amazon-2023-baby-products.csv.gz',
    url: `${amazonRatings}/Baby_Products.csv.gz`,
    bytes: 148_609_233,
    sha256: 'e2a8d0498afed767ee2615db7fac549559d82490b1a73c7241b84b5e9e8c279e',
    ...amazon2023,
  },
];

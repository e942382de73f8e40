import type { Domain } from './domain.ts';

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

/** Movies, in Chinese. */
export const moviesZh: Domain = {
  name: 'movies',
  language: 'zh',
  itemNoun: '电影',
  itemsNoun: '电影',
  interactedVerb: '看过',
  interactVerb: '看',
  field: '电影',
  measureWord: '部',
};

/** Video games, in English. */
export const games: Domain = {
  name: 'games',
  language: 'en',
  itemNoun: 'game',
  itemsNoun: 'games',
  interactedVerb: 'played',
  interactVerb: 'play',
  field: 'gaming',
  service: 'gaming platform',
};

/** Video games, in Chinese. */
export const gamesZh: Domain = {
  name: 'games',
  language: 'zh',
  itemNoun: '游戏',
  itemsNoun: '游戏',
  interactedVerb: '玩过',
  interactVerb: '玩',
  field: '游戏',
  measureWord: '款',
};

/** Songs, in English; for artists `{ ...music, itemNoun: 'artist', itemsNoun: 'artists' }`. */
export const music: Domain = {
  name: 'music',
  language: 'en',
  itemNoun: 'song',
  itemsNoun: 'songs',
  interactedVerb: 'listened to',
  interactVerb: 'listen to',
  field: 'music',
};

/** Songs, in Chinese; for artists `{ ...musicZh, itemNoun: '歌手', itemsNoun: '歌手', measureWord: '位' }`. */
export const musicZh: Domain = {
  name: 'music',
  language: 'zh',
  itemNoun: '歌曲',
  itemsNoun: '歌曲',
  interactedVerb: '听过',
  interactVerb: '听',
  field: '音乐',
  measureWord: '首',
};

/** Books, in English. */
export const books: Domain = {
  name: 'books',
  language: 'en',
  itemNoun: 'book',
  itemsNoun: 'books',
  interactedVerb: 'read',
  interactVerb: 'read',
  field: 'literature',
  service: 'online bookshop',
};

/** Books, in Chinese. */
export const booksZh: Domain = {
  name: 'books',
  language: 'zh',
  itemNoun: '图书',
  itemsNoun: '图书',
  interactedVerb: '读过',
  interactVerb: '读',
  field: '图书',
  measureWord: '本',
};

/** News, in English. */
export const news: Domain = {
  name: 'news',
  language: 'en',
  itemNoun: 'news story',
  itemsNoun: 'news stories',
  interactedVerb: 'read',
  interactVerb: 'read',
  field: 'the news',
  service: 'news site',
};

/** News, in Chinese. */
export const newsZh: Domain = {
  name: 'news',
  language: 'zh',
  itemNoun: '新闻',
  itemsNoun: '新闻',
  interactedVerb: '读过',
  interactVerb: '读',
  field: '新闻',
  measureWord: '条',
};

/** Products of any kind, in English. */
export const products: Domain = {
  name: 'products',
  language: 'en',
  itemNoun: 'product',
  itemsNoun: 'products',
  interactedVerb: 'bought',
  interactVerb: 'buy',
  field: 'shopping',
};

/** Products of any kind, in Chinese. */
export const productsZh: Domain = {
  name: 'products',
  language: 'zh',
  itemNoun: '商品',
  itemsNoun: '商品',
  interactedVerb: '买过',
  interactVerb: '买',
  field: '购物',
  measureWord: '件',
};

/** The built-in domains by name and language: `domains.books.zh`. */
export const domains: Readonly<
  Record<'movies' | 'games' | 'music' | 'books' | 'news' | 'products', Readonly<Record<'en' | 'zh', Domain>>>
> = {
  movies: { en: movies, zh: moviesZh },
  games: { en: games, zh: gamesZh },
  music: { en: music, zh: musicZh },
  books: { en: books, zh: booksZh },
  news: { en: news, zh: newsZh },
  products: { en: products, zh: productsZh },
};

import { createTextDigest } from '../answering/text-digest.ts';
import type { KnownItem } from './knowledge.ts';

/** 53 bits in hexadecimal over everything that is known, titles in the order of the map. */
export function computeKnowledgeId(genreNames: readonly string[], known: ReadonlyMap<string, KnownItem>): string {
  const digest = createTextDigest();
  for (const name of genreNames) digest.add(name);
  for (const [title, { genres, popularity, vector }] of known) {
    digest.add(title);
    digest.add(`${genres.join()} ${popularity}`);
    digest.add(vector === undefined ? '' : vector.join());
  }
  return digest.value().toString(16);
}

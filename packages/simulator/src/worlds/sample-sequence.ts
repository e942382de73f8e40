import { type RandomStream, sampleIndex } from '@rppkit/spec';
import type { Taste } from './taste.ts';
import type { PopularityTaste, WorldItems } from './world-items.ts';

/** Draws for an item that the user has not had before they give up on the popularity taste. */
const patience = 12;

interface SequenceTarget {
  readonly items: WorldItems;
  readonly length: number;
  /** One an item, never cleared: what the user has had holds `mark`. */
  readonly marks: Int32Array;
  readonly mark: number;
}

/** `length` distinct items in order, as indices into the world's items. */
export function sampleSequence(taste: Taste, target: SequenceTarget, random: RandomStream): Int32Array {
  const sequence = new Int32Array(target.length);
  // Half of the favourites, those left last, do not get the next turn.
  const resting = new Int32Array(Math.floor(taste.favourites.length / 2)).fill(-1);
  const weights = new Float64Array(taste.shares.length);
  let focus = sampleIndex(random, taste.shares);
  for (let position = 0; position < target.length; position++) {
    if (random.uniform() >= taste.continueChance) {
      resting.copyWithin(0, 1);
      resting[resting.length - 1] = focus;
      for (let index = 0; index < weights.length; index++) {
        weights[index] = resting.includes(index) ? 0 : taste.shares[index]!;
      }
      focus = sampleIndex(random, weights);
    }
    const noise = random.uniform() < taste.noiseChance;
    const genre = noise ? target.items.genreTable.sample(random) : taste.favourites[focus]!;
    const preference = noise ? 'even' : random.uniform() < taste.mainstreamChance ? 'mainstream' : 'niche';
    sequence[position] = sampleUnseen(genre, preference, target, random);
  }
  return sequence;
}

/** A user who has had most of a genre takes anything in it, and at last anything at all. */
function sampleUnseen(
  genre: number,
  preference: PopularityTaste,
  { items, marks, mark }: SequenceTarget,
  random: RandomStream,
): number {
  for (let attempt = 0; ; attempt++) {
    const item =
      attempt < 2 * patience
        ? items.sampleItem(genre, attempt < patience ? preference : 'even', random)
        : random.integer(items.items.length);
    if (marks[item] === mark) continue;
    marks[item] = mark;
    return item;
  }
}

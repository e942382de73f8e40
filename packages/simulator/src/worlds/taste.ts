import type { RandomStream } from '@rppkit/spec';
import type { LatentType } from './latent-type.ts';
import type { WorldItems } from './world-items.ts';

/** What a user's sequence is generated from. */
export interface Taste {
  /** Favourite genres with their shares of the long-term taste (sum 1). */
  readonly favourites: Int32Array;
  readonly shares: Float64Array;
  /** Chance that an item stays with the favourite of the item before it; otherwise another favourite takes its turn. */
  readonly continueChance: number;
  /** Chance that an item is chosen for its popularity; otherwise for being little known. */
  readonly mainstreamChance: number;
  /** Chance that an item follows no taste at all. */
  readonly noiseChance: number;
}

/** A habit of users who hold a trait, and of those who do not. */
interface Contrast {
  readonly held: number;
  readonly absent: number;
}

const favouriteShares: readonly Contrast[] = [
  { held: 0.45, absent: 0.17 },
  { held: 0.32, absent: 0.16 },
  { held: 0.23, absent: 0.14 },
  { held: 0, absent: 0.13 },
  { held: 0, absent: 0.12 },
  { held: 0, absent: 0.11 },
  { held: 0, absent: 0.09 },
  { held: 0, absent: 0.08 },
];
/** 0.77: sessions of four to five items on average. */
const continuing: Contrast = { held: 0.77, absent: 0 };
const mainstream: Contrast = { held: 1, absent: 0 };
const noise: Contrast = { held: 0.35, absent: 0.02 };

/**
 * The taste of a user of the given type. `heterogeneity` in [0, 1] says how far the habits of types differ: at 1 they are as
 * above, at 0 everybody has the mean habits and the type means nothing.
 */
export function sampleTaste(type: LatentType, heterogeneity: number, items: WorldItems, random: RandomStream): Taste {
  const blend = ({ held, absent }: Contrast, holds: boolean): number =>
    (held + absent) / 2 + (heterogeneity / 2) * (holds ? held - absent : absent - held);
  const shares = favouriteShares.map((share) => blend(share, type.narrow)).filter((share) => share > 0);
  const favourites = new Set<number>();
  while (favourites.size < shares.length) favourites.add(items.genreTable.sample(random));
  return {
    favourites: Int32Array.from(favourites),
    shares: Float64Array.from(shares),
    continueChance: blend(continuing, type.sessionDriven),
    mainstreamChance: blend(mainstream, type.mainstream),
    noiseChance: blend(noise, type.noisy),
  };
}

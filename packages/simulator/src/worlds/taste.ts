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

const narrowShares: readonly number[] = [0.5, 0.3, 0.2];
const broadShares: readonly number[] = [0.24, 0.2, 0.17, 0.15, 0.13, 0.11];
/** Between narrow and broad. */
const commonShares: readonly number[] = [0.4, 0.27, 0.19, 0.14];
/** Sessions of six to seven items on average. */
const sessionChance = 0.85;
const noisyChance = 0.3;
const consistentChance = 0.04;

/** The taste of a user of the given type; without a type, that of the user whom all users of a `null` world are. */
export function sampleTaste(type: LatentType | undefined, items: WorldItems, random: RandomStream): Taste {
  const shares = type === undefined ? commonShares : type.narrow ? narrowShares : broadShares;
  const favourites = new Set<number>();
  while (favourites.size < shares.length) favourites.add(items.genreTable.sample(random));
  return {
    favourites: Int32Array.from(favourites),
    shares: Float64Array.from(shares),
    continueChance: type === undefined ? sessionChance / 2 : type.sessionDriven ? sessionChance : 0,
    mainstreamChance: type === undefined ? 0.5 : Number(type.mainstream),
    noiseChance:
      type === undefined ? (noisyChance + consistentChance) / 2 : type.noisy ? noisyChance : consistentChance,
  };
}

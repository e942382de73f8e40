import type { Dataset } from '@rppkit/datasets';
import { InvalidArgumentError, type Item, type RandomStream } from '@rppkit/spec';
import { maximumTitles } from './item-titles.ts';
import { type LatentType, latentTypes } from './latent-type.ts';
import { sampleSequence } from './sample-sequence.ts';
import { sampleTaste } from './taste.ts';
import { createWorldItems } from './world-items.ts';

/** How far the habits of the latent types differ, 0 to 1, by preset. */
const heterogeneities = { diverse: 1, mild: 0.7, null: 0, 'weak-wording': 1 } as const;

/**
 * `diverse`: users of sixteen latent types, for whom different prompts are best. `mild`: the same types, seven tenths as far apart.
 * `null`: everybody has the mean habits, which mixes them inside each sequence, so that no prompt choice should depend on
 * the user. `weak-wording`: users as in `diverse`, to be asked with `weakWordings`.
 */
export type WorldPreset = keyof typeof heterogeneities;

/** All presets. */
export const worldPresets: readonly WorldPreset[] = Object.keys(heterogeneities) as WorldPreset[];

export interface WorldOptions {
  readonly preset: WorldPreset;
  /** Number of users, an integer in [1, 1000000]. */
  readonly users: number;
  /** Number of items, an integer in [200, 100000]; default 2000. */
  readonly items?: number;
  /** Its state is not changed. The items and every user have their own streams, so user 7 does not depend on how many follow. */
  readonly random: RandomStream;
}

/** A range of users: indices in [from, to). */
export interface UserRange {
  /** Default 0. */
  readonly from?: number;
  /** Default: the number of users of the world. */
  readonly to?: number;
}

/** Made-up films and the people who watch them. Sequences are generated when they are asked for. */
export interface World {
  /** `synthetic-` and the preset; the name of its data sets. */
  readonly name: string;
  readonly users: number;
  /** Each with `genres` and `year`. */
  readonly items: readonly Item[];
  /** All users; generated when first read, about 1 kB a user. */
  readonly dataset: Dataset;
  /**
   * Users of a range, who are the same in every range: 24 to 60 distinct items each, with times, ids from `u1` on. For worlds
   * too large for the memory. Throws `InvalidArgumentError` for an empty range and for one beyond the world's users.
   */
  createDataset(range?: UserRange): Dataset;
  /** The hidden type of a user, an index below `users`, for bounds and tests only; undefined in a `null` world, where nobody has one. */
  typeOf(user: number): LatentType | undefined;
}

const maximumUsers = 1_000_000;
const leastLength = 24;
const mostLength = 60;
/** 2000-01-01 UTC in seconds: where every record begins, plus up to a year. */
const firstTime = 946_684_800;
const day = 86_400;

/** A synthetic world. Only its items are made at once. Throws `InvalidArgumentError` for an option out of range. */
export function createWorld({ preset, users, items: itemCount = 2000, random }: WorldOptions): World {
  if (!worldPresets.includes(preset)) {
    throw new InvalidArgumentError('preset', worldPresets.map((name) => `'${name}'`).join(' or '), preset);
  }
  assertInteger('users', users, 1, maximumUsers);
  assertInteger('items', itemCount, 200, maximumTitles);
  const items = createWorldItems(itemCount, random.split('items'));
  const userRandom = random.split('users');
  const sampleType = (own: RandomStream): LatentType => latentTypes[own.integer(latentTypes.length)]!;
  let dataset: Dataset | undefined;

  const world: World = {
    name: `synthetic-${preset}`,
    users,
    items: items.items,
    get dataset() {
      dataset ??= world.createDataset();
      return dataset;
    },
    createDataset({ from = 0, to = users } = {}) {
      assertInteger('from', from, 0, users - 1);
      assertInteger('to', to, from + 1, users);
      const count = to - from;
      const marks = new Int32Array(itemCount).fill(-1);
      const user = new Int32Array(count * mostLength);
      const item = new Int32Array(count * mostLength);
      const time = new Float64Array(count * mostLength);
      let row = 0;
      for (let index = 0; index < count; index++) {
        const own = userRandom.split(from + index);
        const type = sampleType(own);
        // Skewed towards short records, and independent of the type.
        const length = leastLength + Math.floor((mostLength - leastLength + 1) * own.uniform() ** 1.2);
        const taste = sampleTaste(type, heterogeneities[preset], items, own);
        const sequence = sampleSequence(taste, { items, length, marks, mark: index }, own);
        let now = firstTime + Math.floor(365 * day * own.uniform());
        for (const entry of sequence) {
          user[row] = index;
          item[row] = entry;
          time[row] = now;
          now += 3600 + own.integer(5 * day);
          row++;
        }
      }
      return {
        name: world.name,
        log: {
          users: Array.from({ length: count }, (_, index) => `u${from + index + 1}`),
          items: items.items,
          user: user.slice(0, row),
          item: item.slice(0, row),
          time: time.slice(0, row),
        },
        order: 'timestamp',
      };
    },
    typeOf(index) {
      assertInteger('user', index, 0, users - 1);
      return heterogeneities[preset] === 0 ? undefined : sampleType(userRandom.split(index));
    },
  };
  return world;
}

function assertInteger(argument: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new InvalidArgumentError(argument, `an integer in [${least}, ${most}]`, value);
}

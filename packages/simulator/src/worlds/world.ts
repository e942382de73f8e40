import type { Dataset } from '@rppkit/datasets';
import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { maximumTitles } from './item-titles.ts';
import { type LatentType, latentTypes } from './latent-type.ts';
import { sampleSequence } from './sample-sequence.ts';
import { sampleTaste } from './taste.ts';
import { createWorldItems } from './world-items.ts';

/**
 * `diverse`: users of sixteen latent types, for whom different prompts are best. `null`: all users are alike in
 * distribution, with the same mixture of behaviours inside each sequence, so that no prompt choice should depend on the user.
 */
export type WorldPreset = 'diverse' | 'null';

export interface WorldOptions {
  readonly preset: WorldPreset;
  /** Number of users, a positive integer. */
  readonly users: number;
  /** Number of items, an integer in [200, 100000]; default 2000. */
  readonly items?: number;
  /** Its state is not changed. The items and every user have their own streams, so user 7 does not depend on how many follow. */
  readonly random: RandomStream;
}

export interface World {
  /** Named `synthetic-diverse` or `synthetic-null`; 16 to 60 distinct items a user, with times; items with `genres` and `year`. */
  readonly dataset: Dataset;
  /** The hidden type of a user (an index into `log.users`), for bounds and tests only; undefined in a `null` world, where nobody has one. */
  typeOf(user: number): LatentType | undefined;
}

const leastLength = 16;
const mostLength = 60;
/** 2000-01-01 UTC in seconds: where every record begins, plus up to a year. */
const firstTime = 946_684_800;
const day = 86_400;

/** A synthetic world of films and their viewers, complete in memory. Throws `InvalidArgumentError` for an option out of range. */
export function createWorld({ preset, users, items: itemCount = 2000, random }: WorldOptions): World {
  if (preset !== 'diverse' && preset !== 'null') {
    throw new InvalidArgumentError('preset', "'diverse' or 'null'", preset);
  }
  if (!Number.isSafeInteger(users) || users < 1) throw new InvalidArgumentError('users', 'a positive integer', users);
  if (!Number.isSafeInteger(itemCount) || itemCount < 200 || itemCount > maximumTitles) {
    throw new InvalidArgumentError('items', `an integer in [200, ${maximumTitles}]`, itemCount);
  }
  const items = createWorldItems(itemCount, random.split('items'));
  const userRandom = random.split('users');
  const types = new Uint8Array(users);
  const marks = new Int32Array(itemCount).fill(-1);
  const user = new Int32Array(users * mostLength);
  const item = new Int32Array(users * mostLength);
  const time = new Float64Array(users * mostLength);
  let row = 0;
  for (let index = 0; index < users; index++) {
    const own = userRandom.split(index);
    types[index] = own.integer(latentTypes.length);
    // Skewed towards short records, and independent of the type.
    const length = leastLength + Math.floor((mostLength - leastLength + 1) * own.uniform() ** 1.2);
    const taste = sampleTaste(preset === 'null' ? undefined : latentTypes[types[index]!]!, items, own);
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
    dataset: {
      name: `synthetic-${preset}`,
      log: {
        users: Array.from({ length: users }, (_, index) => `u${index + 1}`),
        items: items.items,
        user: user.slice(0, row),
        item: item.slice(0, row),
        time: time.slice(0, row),
      },
      order: 'timestamp',
    },
    typeOf(index) {
      if (!Number.isSafeInteger(index) || index < 0 || index >= users) {
        throw new InvalidArgumentError('user', `an index below ${users}`, index);
      }
      return preset === 'null' ? undefined : latentTypes[types[index]!]!;
    },
  };
}

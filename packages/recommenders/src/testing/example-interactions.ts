import { createRandomStream, sampleDistinct } from '@rppkit/spec';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';

const groups = 3;
const itemsPerGroup = 12;
const usersPerGroup = 20;

/**
 * 60 users in three groups, each with 4 to 8 of the 12 items of its group and one of another group; titles name the group.
 * Recommenders that learn from others put items of the group first.
 */
export function createExampleInteractions(): TrainingInteractions {
  const random = createRandomStream('example interactions');
  const words = ['moon', 'river', 'engine'];
  const items = Array.from({ length: groups * itemsPerGroup }, (_, index) => {
    const id = `i${index}`;
    return { id, title: `The ${words[Math.floor(index / itemsPerGroup)]} ${id}` };
  });
  const users = Array.from({ length: groups * usersPerGroup }, (_, index) => `u${index}`);
  const starts = new Int32Array(users.length + 1);
  const item: number[] = [];
  for (let user = 0; user < users.length; user++) {
    const group = Math.floor(user / usersPerGroup);
    const own = sampleDistinct(random, itemsPerGroup, 4 + random.integer(5));
    const other = (group + 1 + random.integer(groups - 1)) % groups;
    item.push(...Array.from(own, (index) => group * itemsPerGroup + index));
    item.splice(item.length - 2, 0, other * itemsPerGroup + random.integer(itemsPerGroup));
    starts[user + 1] = item.length;
  }
  const time = Float64Array.from(item, (_, entry) => 1_600_000_000 + 3600 * entry);
  return { users, items, starts, item: Int32Array.from(item), time, order: 'timestamp' };
}

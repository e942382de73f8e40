import type { TrainingInteractions } from '@rppkit/recommenders';
import { createRandomStream } from '@rppkit/spec';

/**
 * Distinct interactions of a seeded world without structure: activity of users and popularity of items both fall with their
 * rank, as in MovieLens 1M, so that few items have most of the interactions.
 */
export function generateInteractions(interactions: number, users = 6040, items = 3700): TrainingInteractions {
  const random = createRandomStream('generated interactions');
  const activity = Float64Array.from({ length: users }, (_, rank) => 1 / (rank + 200) ** 0.8);
  const total = activity.reduce((sum, weight) => sum + weight, 0);
  // Popularity as the power of a uniform draw: a third of the items gets about 70 %.
  const skew = 2.2;
  const marks = new Int32Array(items).fill(-1);
  const starts = new Int32Array(users + 1);
  const item = new Int32Array(interactions);
  let length = 0;
  let share = 0;
  for (let user = 0; user < users; user++) {
    share += activity[user]! / total;
    const end = user === users - 1 ? interactions : Math.min(interactions, Math.round(share * interactions));
    const wanted = Math.min(end - length, Math.floor(items * 0.8));
    for (let taken = 0; taken < wanted; ) {
      const candidate = Math.floor(items * random.uniform() ** skew);
      if (marks[candidate] === user) continue;
      marks[candidate] = user;
      item[length++] = candidate;
      taken++;
    }
    starts[user + 1] = length;
  }
  return {
    users: Array.from({ length: users }, (_, index) => `u${index}`),
    items: Array.from({ length: items }, (_, index) => ({ id: `i${index}`, title: `Item ${index}` })),
    starts,
    item: item.slice(0, length),
    order: 'column',
  };
}

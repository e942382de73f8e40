import { type RandomStream, samplePermutation } from '@rppkit/spec';

export interface ExchangeOptions {
  /** Number of the group of each task, `Int32Array [tasks]`: tasks with the same legal expressions. */
  readonly groupOf: Int32Array;
  /** Number of the user of each task, `Int32Array [tasks]`. */
  readonly userOf: Int32Array;
}

/**
 * Draws who is given whose observation where nothing depends on it: users change places with all of their tasks at once, because
 * tasks of one user may have more in common than what is observed, and only with users who have as many tasks in each group,
 * because prompts are drawn from what is legal. Others keep their own. Writes the task whose observation task number u of `tasks`
 * is given, `Int32Array [tasks]`.
 */
export function createObservationExchange(
  tasks: Int32Array,
  { groupOf, userOf }: ExchangeOptions,
): (random: RandomStream, givers: Int32Array) => void {
  const placesOf = new Map<number, number[]>();
  for (let place = 0; place < tasks.length; place++) {
    const user = userOf[tasks[place]!]!;
    const places = placesOf.get(user);
    if (places === undefined) placesOf.set(user, [place]);
    else places.push(place);
  }
  const alike = new Map<string, number[][]>();
  for (const places of placesOf.values()) {
    places.sort((left, right) => groupOf[tasks[left]!]! - groupOf[tasks[right]!]! || left - right);
    const key = places.map((place) => groupOf[tasks[place]!]!).join();
    const users = alike.get(key);
    if (users === undefined) alike.set(key, [places]);
    else users.push(places);
  }
  return (random, givers) => {
    for (const users of alike.values()) {
      const order = samplePermutation(random, users.length);
      for (let user = 0; user < users.length; user++) {
        const own = users[user]!;
        const given = users[order[user]!]!;
        for (let index = 0; index < own.length; index++) givers[own[index]!] = tasks[given[index]!]!;
      }
    }
  };
}

import { UsageError } from '../usage-error.ts';
import { listTaskDifferences } from './list-differences.ts';
import type { ComparedRun } from './read-compared-run.ts';

/**
 * Refuses runs whose values cannot be paired: other data, seed, candidates or users, and tasks that come out different all the
 * same, which shows in what popularity gets on them. Throws `UsageError` that names every difference.
 */
export function assertSameTasks(runs: readonly ComparedRun[]): void {
  const names = runs.map(({ name }) => name).join(', ');
  const advice = 'Values are paired by task: train the runs on the same data with the same seed, users and candidates.';
  const differences = listTaskDifferences(runs).map(({ field, values }) => `${field} (${values.join(', ')})`);
  if (differences.length > 0) {
    throw new UsageError(
      `Expected runs on the same tasks, received ${names}, which differ in ${differences.join('; ')}. ${advice}`,
    );
  }
  const [first, ...others] = runs;
  for (const other of others) {
    const difference = describeUsers(first!, other) ?? describeTask(first!, other);
    if (difference !== undefined) {
      throw new UsageError(`Expected runs on the same tasks, received ${names}: ${difference}. ${advice}`);
    }
  }
}

/** Popularity needs no model, so that it has a value of every user. */
function readPopularity({ systems }: ComparedRun): ReadonlyMap<string, number> {
  const { users, perUser } = systems.get('popularity')!;
  return new Map(users.map((user, index) => [user, perUser['ndcg@10']![index]!]));
}

function describeUsers(first: ComparedRun, other: ComparedRun): string | undefined {
  const [ofFirst, ofOther] = [readPopularity(first), readPopularity(other)];
  const parts = [
    describeOnly(
      first,
      [...ofFirst.keys()].filter((user) => !ofOther.has(user)),
    ),
    describeOnly(
      other,
      [...ofOther.keys()].filter((user) => !ofFirst.has(user)),
    ),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function describeOnly({ name }: ComparedRun, users: readonly string[]): string | undefined {
  if (users.length === 0) return undefined;
  const counted = users.length === 1 ? '1 report user is' : `${users.length} report users are`;
  return `${counted} only in ${name}, such as ${JSON.stringify(users[0])}`;
}

function describeTask(first: ComparedRun, other: ComparedRun): string | undefined {
  const ofOther = readPopularity(other);
  for (const [user, value] of readPopularity(first)) {
    if (Math.abs(value - ofOther.get(user)!) <= 1e-9) continue;
    return `user ${JSON.stringify(user)} has other items to rank in ${first.name} than in ${other.name}, as the row of popularity shows`;
  }
  return undefined;
}

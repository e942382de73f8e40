import { InvalidArgumentError } from '@rppkit/spec';
import { assertSample } from '../statistics/sample-moments.ts';

/** What one system reached on each user; every result of `evaluate` is one. */
export interface SystemValues {
  /** User ids, without repetition, in any order. */
  readonly users: readonly string[];
  /** For each metric one finite value a user, in the order of `users`. */
  readonly perUser: Readonly<Record<string, ArrayLike<number>>>;
}

export interface UserSelectionOptions {
  readonly users: 'equal' | 'intersection';
  readonly maximumLeftOut: number;
}

/** Values of several systems on the same users in the same order. */
export interface AlignedValues {
  /** `Float64Array [users]` for each system and metric. */
  readonly values: readonly (readonly Float64Array[])[];
  readonly users: number;
  /** Users of any system who are absent in another. */
  readonly leftOut: number;
}

type NamedSystem = readonly [name: string, values: SystemValues];

/**
 * Throws `InvalidArgumentError` unless this is a record of 2 to `most` systems, each an object with an array `users` and an
 * object `perUser`.
 */
export function assertSystems(systems: Readonly<Record<string, SystemValues>>, most: number): void {
  const shape = '{ users, perUser }, such as a result of evaluate';
  if (!isObject(systems) || Array.isArray(systems)) {
    throw new InvalidArgumentError('systems', `an object that names systems, each ${shape}`, systems);
  }
  const named = Object.entries(systems);
  if (named.length < 2 || named.length > most) {
    throw new InvalidArgumentError('systems', `2 to ${most} systems`, named.length);
  }
  for (const [name, system] of named) {
    if (isObject(system) && Array.isArray(system.users) && isObject(system.perUser)) continue;
    throw new InvalidArgumentError(`systems[${JSON.stringify(name)}]`, shape, system, 'Values are paired by user.');
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** The metrics of the first system. Throws `InvalidArgumentError` where another system has others. */
export function listSharedMetrics(systems: readonly NamedSystem[]): string[] {
  const [firstName, first] = systems[0]!;
  const metrics = Object.keys(first.perUser);
  if (metrics.length === 0)
    throw new InvalidArgumentError(renderPlace(firstName, 'perUser'), 'at least one metric', 'none');
  for (const [name, { perUser }] of systems) {
    const differing =
      metrics.find((metric) => !Object.hasOwn(perUser, metric)) ??
      Object.keys(perUser).find((metric) => !metrics.includes(metric));
    if (differing === undefined) continue;
    throw new InvalidArgumentError(
      renderPlace(name, 'perUser'),
      `the metrics of ${renderPlace(firstName, 'perUser')}`,
      Object.keys(perUser).join(', '),
      `Only one of them has ${JSON.stringify(differing)}. Pass metrics: [...] to choose those that all have.`,
    );
  }
  return metrics;
}

/** Throws `InvalidArgumentError` for malformed systems, and where users differ more than the options allow. */
export function alignValues(
  systems: readonly NamedSystem[],
  metrics: readonly string[],
  options: UserSelectionOptions,
): AlignedValues {
  const rows = systems.map(([name, system]) => {
    assertSystem(name, system, metrics);
    return indexUsers(name, system.users);
  });
  if (options.users === 'equal') assertEqualUsers(systems, rows);
  // In one order, whatever that of the systems: sums and resamples then agree to the last bit.
  const shared = systems[0]![1].users.filter((user) => rows.every((row) => row.has(user))).sort();
  const all = new Set(systems.flatMap(([, { users }]) => users)).size;
  if (shared.length < 2) {
    const names = systems.map(([name]) => JSON.stringify(name)).join(', ');
    throw new InvalidArgumentError(
      'systems',
      `at least 2 users that all of ${names} have`,
      shared.length,
      `The systems share ${shared.length} of ${all} users. Check that one id means the same user in all of them.`,
    );
  }
  const leftOut = all - shared.length;
  if (leftOut / all > options.maximumLeftOut) {
    throw new InvalidArgumentError(
      'maximumLeftOut',
      `at least ${leftOut / all}, the share of users that some system lacks (${leftOut} of ${all})`,
      options.maximumLeftOut,
      'Complete the systems, or pass a larger maximumLeftOut and report the number.',
    );
  }
  const values = systems.map(([, { perUser }], system) =>
    metrics.map((metric) => Float64Array.from(shared, (user) => perUser[metric]![rows[system]!.get(user)!]!)),
  );
  return { values, users: shared.length, leftOut };
}

function assertSystem(name: string, { users, perUser }: SystemValues, metrics: readonly string[]): void {
  for (const metric of metrics) {
    const place = renderPlace(name, `perUser[${JSON.stringify(metric)}]`);
    if (!Object.hasOwn(perUser, metric) || !isObject(perUser[metric])) {
      const received = Object.hasOwn(perUser, metric) ? perUser[metric] : undefined;
      throw new InvalidArgumentError(place, 'the values of this metric', received, 'Compute it for every system.');
    }
    if (perUser[metric]!.length !== users.length) {
      throw new InvalidArgumentError(`${place}.length`, `${users.length}, one value a user`, perUser[metric]!.length);
    }
    assertSample(place, perUser[metric]!, 2);
  }
}

function indexUsers(name: string, users: readonly string[]): ReadonlyMap<string, number> {
  const rows = new Map(users.map((user, row) => [user, row]));
  if (rows.size < users.length) {
    const repeated = users.find((user, row) => rows.get(user) !== row);
    throw new InvalidArgumentError(renderPlace(name, 'users'), 'without repetition', repeated);
  }
  return rows;
}

function assertEqualUsers(systems: readonly NamedSystem[], rows: readonly ReadonlyMap<string, number>[]): void {
  for (const [index, [name, { users }]] of systems.entries()) {
    for (const [otherName, other] of systems) {
      const absent = other.users.filter((user) => !rows[index]!.has(user));
      if (absent.length === 0) continue;
      const more = absent.length === 1 ? '' : ` and ${absent.length - 1} more`;
      throw new InvalidArgumentError(
        renderPlace(name, 'users'),
        `the users of systems[${JSON.stringify(otherName)}], with ${JSON.stringify(absent[0])}${more}`,
        users,
        "Pass users: 'intersection' to compare on the users that all systems share; the report counts the others.",
      );
    }
  }
}

function renderPlace(system: string, field: string): string {
  return `systems[${JSON.stringify(system)}].${field}`;
}

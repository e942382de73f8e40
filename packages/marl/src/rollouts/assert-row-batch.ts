import { InvalidArgumentError } from '@rppkit/spec';
import type { LearningSpace } from '../learner/learning-space.ts';
import type { RowBatch } from './rollout-batch.ts';

/**
 * Throws `InvalidArgumentError` unless `batch` is a `RowBatch` of this space with at least one row, whose numbers are
 * finite, whose actions exist and are legal, and whose masks hold 0 and 1, with at least one 1 in every row. `argument`
 * names it in messages.
 */
export function assertRowBatch(argument: string, batch: unknown, space: LearningSpace): asserts batch is RowBatch {
  const { agents, observationSize, stateSize, actionCounts } = space;
  if (typeof batch !== 'object' || batch === null) throw new InvalidArgumentError(argument, 'rows', batch);
  const rows = batch as Partial<RowBatch>;
  const count = rows.rowCount;
  if (!(Number.isSafeInteger(count) && count! > 0)) {
    throw new InvalidArgumentError(`${argument}.rowCount`, 'a positive integer', count);
  }
  const assertFinite = (name: string, values: unknown, width: number): void =>
    assertValues(`${argument}.${name}`, values, Float32Array, count! * width, 'finite', Number.isFinite);
  assertFinite('observations', rows.observations, observationSize);
  assertFinite('states', rows.states, stateSize);
  assertFinite('nextObservations', rows.nextObservations, observationSize);
  assertFinite('nextStates', rows.nextStates, stateSize);
  assertFinite('rewards', rows.rewards, 1);
  assertValues(`${argument}.terminated`, rows.terminated, Uint8Array, count!, '0 or 1', isFlag);
  for (const agent of agents) {
    const actionCount = actionCounts[agent]!;
    const actions: unknown = rows.actions?.[agent];
    const name = `${argument}.actions.${agent}`;
    const expected = `in 0 … ${actionCount - 1}`;
    assertValues(name, actions, Int32Array, count!, expected, (action) => action >= 0 && action < actionCount);
    assertFinite(`logProbabilities.${agent}`, rows.logProbabilities?.[agent], 1);
    for (const field of ['actionMasks', 'nextActionMasks'] as const) {
      if (rows[field] === undefined) continue;
      const mask: unknown = rows[field][agent];
      const name = `${argument}.${field}.${agent}`;
      assertValues(name, mask, Uint8Array, count! * actionCount, '0 or 1', isFlag);
      const chosen = field === 'actionMasks' ? actions : undefined;
      for (let row = 0; row < count!; row++) {
        const legal = mask.subarray(row * actionCount, (row + 1) * actionCount);
        if (chosen === undefined ? !legal.includes(1) : legal[chosen[row]!] === 0) {
          const needed = chosen === undefined ? 'at least one action' : `the chosen action ${chosen[row]}`;
          throw new InvalidArgumentError(name, `a mask that allows ${needed} in row ${row}`, legal.join(' '));
        }
      }
    }
  }
}

function isFlag(value: number): boolean {
  return value <= 1;
}

type Numbers = Float32Array | Int32Array | Uint8Array;

function assertValues<Values extends Numbers>(
  argument: string,
  values: unknown,
  Constructor: new (length: number) => Values,
  length: number,
  expected: string,
  holds: (value: number) => boolean,
): asserts values is Values {
  if (!(values instanceof Constructor) || values.length !== length) {
    throw new InvalidArgumentError(argument, `a ${Constructor.name} of length ${length}`, values);
  }
  const index = (values as Values & Float32Array).findIndex((value) => !holds(value));
  if (index >= 0) throw new InvalidArgumentError(`${argument}[${index}]`, expected, values[index]);
}

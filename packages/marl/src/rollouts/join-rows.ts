import type { ActionMasks } from '@rppkit/spec';
import type { LearningSpace } from '../learner/learning-space.ts';
import type { RowBatch } from './rollout-batch.ts';

/** The rows of at least one batch, one after the other. Where only some batches have masks, the others allow everything. */
export function joinRows(batches: readonly RowBatch[], { agents, actionCounts }: LearningSpace): RowBatch {
  const byAgent = <Values>(join: (agent: string) => Values): Readonly<Record<string, Values>> =>
    Object.fromEntries(agents.map((agent) => [agent, join(agent)]));
  const joinMasks = (select: (batch: RowBatch) => ActionMasks | undefined): ActionMasks | undefined => {
    if (batches.every((batch) => select(batch) === undefined)) return undefined;
    return byAgent((agent) =>
      joinValues(
        batches.map((batch) => select(batch)?.[agent] ?? new Uint8Array(batch.rowCount * actionCounts[agent]!).fill(1)),
      ),
    );
  };
  return {
    rowCount: batches.reduce((sum, { rowCount }) => sum + rowCount, 0),
    observations: joinValues(batches.map(({ observations }) => observations)),
    states: joinValues(batches.map(({ states }) => states)),
    nextObservations: joinValues(batches.map(({ nextObservations }) => nextObservations)),
    nextStates: joinValues(batches.map(({ nextStates }) => nextStates)),
    rewards: joinValues(batches.map(({ rewards }) => rewards)),
    terminated: joinValues(batches.map(({ terminated }) => terminated)),
    actions: byAgent((agent) => joinValues(batches.map(({ actions }) => actions[agent]!))),
    logProbabilities: byAgent((agent) => joinValues(batches.map(({ logProbabilities }) => logProbabilities[agent]!))),
    actionMasks: joinMasks(({ actionMasks }) => actionMasks),
    nextActionMasks: joinMasks(({ nextActionMasks }) => nextActionMasks),
  };
}

function joinValues<Values extends Float32Array | Int32Array | Uint8Array>(parts: readonly Values[]): Values {
  const Constructor = parts[0]!.constructor as new (length: number) => Values;
  const joined = new Constructor(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

import { createRecommendationEnvironment } from '@rppkit/env';
import { createRandomStream, type VectorEnvironment } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { sampleJointAction } from '../random-prompts.ts';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { fromResponseTable } from '../tables/from-response-table.ts';
import { recordResponseTable } from '../tables/record-response-table.ts';
import { type LoggedStepInfo, readPromptLog } from './read-prompt-log.ts';

const { tasks, space, model, encoders } = createScriptedWorld({ users: 8, interaction: false });

async function collectInfos(
  rounds: number,
  environment: VectorEnvironment<LoggedStepInfo> = createRecommendationEnvironment({
    tasks,
    space,
    model,
    encoders,
    rounds,
    batchSize: 8,
  }),
) {
  const random = createRandomStream(1);
  await environment.reset({ seed: 1 });
  const infos = [];
  for (let round = 0; round < rounds; round++) {
    const choices = tasks.map(({ task }) => sampleJointAction(random, space, task));
    const byAgent = (read: (choice: readonly number[], slot: number) => number) =>
      environment.agents.map((name, slot) => [name, choices.map((choice) => read(choice, slot))] as const);
    const actions = Object.fromEntries(
      byAgent((choice, slot) => choice[slot]!).map(([name, values]) => [name, Int32Array.from(values)]),
    );
    const logProbabilities = Object.fromEntries(
      byAgent((_, slot) => Math.log(1 / space.patterns[slot]!.expressions.length)).map(([name, values]) => [
        name,
        Float32Array.from(values),
      ]),
    );
    infos.push(...(await environment.step(actions, { logProbabilities })).infos);
  }
  return infos;
}

describe('readPromptLog', () => {
  it('reads what an environment reports', async () => {
    const infos = await collectInfos(1);
    const { log, tasks: found } = readPromptLog(infos, { space });
    expect(log.rows).toBe(8);
    expect(log.actionCounts).toEqual([2, 4, 1]);
    expect(found).toEqual(infos.map((info) => info!.judged.task));
    expect([...log.contexts]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(log.groupCount).toBe(8);
    infos.forEach((info, row) => {
      expect(log.rewards[row]).toBe(info!.score);
      expect([...log.choices.subarray(3 * row, 3 * row + 3)]).toEqual(info!.choice);
      expect(log.propensities[3 * row + 1]).toBeCloseTo(0.25, 7);
      expect(log.masks[row]).toEqual([Uint8Array.of(1, 1), Uint8Array.of(1, 1, 1, 1), Uint8Array.of(1)]);
    });
  });

  it('groups the rows of a user, skips rows that did not act and counts failures', async () => {
    const infos = await collectInfos(1);
    const { score: _, ...failed } = infos[0]!;
    const { log, tasks: found } = readPromptLog([...infos, undefined, failed, infos[3]], {
      space,
      independentSlots: false,
    });
    expect(log.rows).toBe(9);
    expect(log.failed).toBe(1);
    expect(log.groupCount).toBe(8);
    expect(log.contexts[8]).toBe(3);
    expect(found).toHaveLength(8);
    expect(log.independentSlots).toBe(false);
  });

  it('reads what a replayed table reports', async () => {
    const table = await recordResponseTable(
      tasks.map(({ task }) => task),
      space,
      model,
      { orders: 1 },
    );
    const replay = await collectInfos(1, fromResponseTable(table, { tasks, encoders, batchSize: 8 }));
    const { log } = readPromptLog(replay, { space });
    expect([...log.rewards]).toEqual(replay.map((info) => info!.score));
    expect(log.propensities[1]).toBeCloseTo(0.25, 7);
  });

  it('refuses later rounds and steps without propensities', async () => {
    const later = await collectInfos(2);
    expect(() => readPromptLog(later, { space })).toThrow('Only one-step logs');
    const { logProbabilities: _, ...bare } = later[0]!;
    expect(() => readPromptLog([bare], { space })).toThrow('environment.step');
    expect(() => readPromptLog([undefined, bare], { space })).toThrow('infos[1]');
  });
});

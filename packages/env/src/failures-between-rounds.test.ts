import { type JointActions, type TextModel, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { fitHistoryStatistics } from './encoders/history-statistics.ts';
import { createLastRoundEncoders } from './encoders/last-round.ts';
import { createRecommendationEnvironment } from './recommendation-environment.ts';
import { createExampleTasks, exampleSpace, readShownTitles, renderAnswer } from './testing/example-tasks.ts';
import { fromFunction } from './text-models/from-function.ts';

const tasks = createExampleTasks(4);
const rows = 4;
const encoders = [fitHistoryStatistics(tasks.map(({ task }) => task)), ...createLastRoundEncoders(exampleSpace)];
const actions: JointActions = Object.fromEntries(exampleSpace.patterns.map(({ name }) => [name, new Int32Array(rows)]));
const discount = 0.9;

/** Answers as shown; call `failing` (from 0) about task 2 fails. */
function createModel(failing: number): TextModel {
  let calls = 0;
  return fromFunction({
    id: 'partly failing',
    answer(request) {
      const shown = readShownTitles(request);
      if (shown[0]!.startsWith('Candidate 2x') && calls++ === failing) throw new TextModelError('budget', 'spent');
      return renderAnswer(shown);
    },
  });
}

const create = (model: TextModel, options: { readonly ordersPerPrompt?: number } = {}) =>
  createRecommendationEnvironment({
    tasks,
    space: exampleSpace,
    model,
    encoders,
    batchSize: rows,
    rounds: 3,
    candidateOrders: 2,
    reward: { discount },
    ...options,
  });

describe('a call that fails between two rounds', () => {
  it('ends its row alone, keeps what was earned before, and leaves the next episode whole', async () => {
    const [failing, healthy] = [create(createModel(1)), create(createModel(-1))];
    for (const environment of [failing, healthy]) await environment.reset({ seed: 1 });
    const steps = [];
    for (let round = 0; round < 3; round++) steps.push([await failing.step(actions), await healthy.step(actions)]);
    const row = steps[0]![1]!.infos.findIndex((info) => info!.judged === tasks[2]);
    const flags = steps.map(([step]) => [
      step!.active[row],
      step!.learnable[row],
      step!.truncated[row],
      step!.terminated[row],
    ]);
    expect(flags).toEqual([
      [1, 1, 0, 0],
      [1, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
    expect(steps[0]![0]!.rewards[row]).toBe(steps[0]![1]!.rewards[row]);
    expect([steps[1]![0]!.rewards[row], steps[2]![0]!.rewards[row]]).toEqual([0, 0]);
    expect(steps[1]![0]!.infos[row]).toMatchObject({ round: 1, asked: [{ answer: { failure: 'budget' } }] });
    expect(steps[2]![0]!.infos[row]).toBeUndefined();
    // An ended row shows the failure, and no round beyond the last.
    const { offset } = failing.observationLayout.find(({ name }) => name === 'last-answer')!;
    const { observationSize } = failing;
    for (const [step] of steps.slice(1)) {
      const shown = step!.observations.slice(row * observationSize, (row + 1) * observationSize);
      expect([...shown.slice(offset, offset + 5)]).toEqual([0, 0, 0, 1, 0]);
    }
    for (const [step, expected] of steps) {
      for (let other = 0; other < rows; other++) {
        if (other === row) continue;
        expect(step!.rewards[other]).toBe(expected!.rewards[other]);
        expect(step!.active[other]).toBe(1);
        expect(step!.infos[other]!.value).toBe(expected!.infos[other]!.value);
      }
    }
    await expect(failing.step(actions)).rejects.toMatchObject({ code: 'EPISODE_ENDED' });

    // The task is visited again in its next order, with nothing left over from the failure.
    for (const environment of [failing, healthy]) await environment.reset({ seed: 1 });
    const [again, expected] = [await failing.step(actions), await healthy.step(actions)];
    expect(again.rewards).toEqual(expected.rewards);
    expect(again.observations).toEqual(expected.observations);
    expect(again.infos[row]!.asked[0]).toMatchObject({ orderIndex: 1, sampleIndex: 0 });
  });

  it('can be left by a reset in the middle', async () => {
    const environment = create(createModel(0));
    await environment.reset({ seed: 1 });
    expect([...(await environment.step(actions)).truncated]).toContain(1);
    const fresh = await environment.reset({ seed: 2 });
    expect([...fresh.active]).toEqual([1, 1, 1, 1]);
    const step = await environment.step(actions);
    expect([...step.learnable]).toEqual([1, 1, 1, 1]);
    expect(step.infos.map((info) => info!.round)).toEqual([0, 0, 0, 0]);
  });

  it('gives no reward where one of several candidate orders failed, and tells of all', async () => {
    const environment = create(createModel(1), { ordersPerPrompt: 2 });
    await environment.reset({ seed: 1 });
    const step = await environment.step(actions);
    const row = step.infos.findIndex((info) => info!.judged === tasks[2]);
    expect([step.rewards[row], step.learnable[row], step.truncated[row]]).toEqual([0, 0, 1]);
    expect(step.infos[row]!.asked.map(({ answer }) => answer.outcome).toSorted()).toEqual(['answered', 'failed']);
    expect(step.infos[row]).not.toHaveProperty('score');
  });
});

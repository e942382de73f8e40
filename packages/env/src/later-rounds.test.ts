import { createPatternSpace, movies, type PatternSpace, referencePatterns } from '@rppkit/patterns';
import type { AgentNetwork } from '@rppkit/policy';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { type AnsweredRound, describeRound } from './describe-round.ts';
import { fitHistoryStatistics } from './encoders/history-statistics.ts';
import { createLastRoundEncoders } from './encoders/last-round.ts';
import { personalize } from './personalize.ts';
import { createPromptPolicyFile, openPromptPolicy } from './prompt-policy.ts';
import { createRecommendationEnvironment } from './recommendation-environment.ts';
import type { GivenAnswer } from './reward.ts';
import { createExampleTask, exampleSpace, readShownTitles, renderAnswer } from './testing/example-tasks.ts';
import { fromFunction } from './text-models/from-function.ts';

const rounds = 4;
const judged = createExampleTask(3, { history: 12 });
const referenceSpace = createPatternSpace({ domain: movies, patterns: referencePatterns });

/** Drops as many titles as the prompt is long, so that answers differ from round to round. */
const model = fromFunction({
  id: 'shortening',
  answer(request) {
    const shown = readShownTitles(request);
    return renderAnswer(shown.slice(0, 2 + (request.messages.map(({ text }) => text).join('').length % 8)));
  },
});

function createFile(space: PatternSpace) {
  const encoders = [fitHistoryStatistics([judged.task]), ...createLastRoundEncoders(space)];
  const inputs = encoders.reduce((sum, { size }) => sum + size, 0);
  const networks = space.patterns.map(({ name, expressions }): AgentNetwork => {
    const random = createRandomStream(8).split(name);
    const outputs = expressions.length;
    const kernel = Float32Array.from({ length: inputs * outputs }, () => random.normal());
    const bias = new Float32Array(outputs);
    return { name, layers: [{ kind: 'dense', inputs, outputs, activation: 'none', kernel, bias }] };
  });
  return createPromptPolicyFile({ networks, space, encoders, rounds });
}

describe.each([
  ['windows', exampleSpace],
  ['increments of the window', referenceSpace],
])('personalize after earlier rounds, with %s', (_, space) => {
  it('picks what the policy picks in the environment', async () => {
    const file = createFile(space);
    const { policy, encoders } = openPromptPolicy(file);
    const environment = createRecommendationEnvironment({
      tasks: [judged],
      space,
      model,
      encoders,
      rounds,
      batchSize: 1,
      candidateOrders: 1,
    });
    let step = await environment.reset({ seed: 1 });
    const earlier: AnsweredRound[] = [];
    const choices = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const { actions } = policy.act(step.observations, {
        deterministic: true,
        random: createRandomStream(0),
        masks: step.actionMasks!,
      });
      const served = await personalize(file, judged.task, { earlier });
      expect(served.choice).toEqual(space.patterns.map(({ name }) => actions[name]![0]));
      step = await environment.step(actions);
      const { choice, asked } = step.infos[0]!;
      expect(served.prompt.text).toBe(asked[0]!.answer.prompt.text);
      earlier.push({ choice, answers: asked.map(({ answer }) => answer as GivenAnswer) });
      choices.add(choice.join());
    }
    expect(choices.size).toBeGreaterThan(1);
    await expect(personalize(file, judged.task, { earlier })).rejects.toMatchObject({ argument: 'earlier' });
  });
});

it('describes no round without an answer', () => {
  expect(() => describeRound(exampleSpace, { choice: [0, 0, 0, 0], answers: [] })).toThrow('at least one answer');
});

it('names what is no policy, no ranking task and no answered round', async () => {
  const file = createFile(exampleSpace);
  const reject = (policy: unknown, task: unknown, earlier: unknown = []) =>
    expect(personalize(policy as typeof file, task as typeof judged.task, { earlier: earlier as AnsweredRound[] }))
      .rejects;
  await reject('policy.rpp', judged.task).toMatchObject({ argument: 'policy' });
  await reject(file, judged).toMatchObject({ argument: 'task' });
  await reject(file, judged.task, [{ choice: [0, 0, 0, 0], answers: [] }]).toMatchObject({ argument: 'answers' });
  const failed = { outcome: 'failed', failure: 'server' };
  await reject(file, judged.task, [{ choice: [0, 0, 0, 0], answers: [failed] }]).toMatchObject({ argument: 'answers' });
});

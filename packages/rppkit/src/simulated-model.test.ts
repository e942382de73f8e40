import { createJudgedTasks, splitUsers } from '@rppkit/datasets';
import { createRecommendationEnvironment, fitHistoryStatistics } from '@rppkit/env';
import { fromLangChain } from '@rppkit/env/langchain';
import { createPatternSpace, defaultPatterns, movies } from '@rppkit/patterns';
import { createKnowledge, createSimulatedTextModel, createWorld, SimulatedChatModel } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import { describeTextModel, describeVectorEnvironment } from '@rppkit/spec/testing';
import { expect, it } from 'vitest';

const random = createRandomStream('simulated model');
const { dataset } = createWorld({ preset: 'diverse', users: 60, random });
const { train, rest } = splitUsers(dataset, { train: 20, report: 20, random });
const tasks = createJudgedTasks(dataset, { users: train, target: 'validation', random });
const knowledge = createKnowledge(dataset, { users: rest });
const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });

const direct = createSimulatedTextModel({ knowledge });
const throughLangChain = fromLangChain(new SimulatedChatModel({ knowledge }), {
  id: direct.id,
  seed: 'from-sample-index',
});

describeTextModel({ name: 'simulated, direct', create: async () => ({ model: direct }), repeatable: true });
describeTextModel({
  name: 'simulated, through LangChain',
  create: async () => ({ model: throughLangChain }),
  repeatable: true,
});

const createEnvironment = (model: typeof direct, rounds: number) =>
  createRecommendationEnvironment({
    tasks,
    space,
    model,
    encoders: [fitHistoryStatistics(tasks.map(({ task }) => task))],
    batchSize: 8,
    rounds,
  });

describeVectorEnvironment({
  name: 'simulated, direct',
  create: async () => ({ environment: createEnvironment(direct, 1) }),
});
describeVectorEnvironment({
  name: 'simulated, three rounds',
  create: async () => ({ environment: createEnvironment(throughLangChain, 3) }),
});

it('answers alike on both ways', async () => {
  const messages = [
    {
      role: 'user' as const,
      text: 'These are 2 candidate movies for what I watch next:\n[1] Alien\n[2] Heat\n\nWrite a numbered list.',
    },
  ];
  for (let sampleIndex = 0; sampleIndex < 20; sampleIndex++) {
    const request = { messages, sampleIndex, purpose: 'rank' as const };
    expect((await throughLangChain.generate(request)).text).toBe((await direct.generate(request)).text);
  }
});

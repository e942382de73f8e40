import { createJudgedTasks } from '@rppkit/datasets';
import { fitHistoryStatistics } from '@rppkit/env';
import { createPatternSpace, defaultPatterns, movies } from '@rppkit/patterns';
import { lookForHeadroom } from '@rppkit/search';
import { createKnowledge, createSimulatedTextModel, createWorld, type WorldPreset } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';

export interface LookInWorldOptions {
  readonly preset: WorldPreset;
  readonly seed: number;
  readonly calls: number;
}

/** What the cheap look says of one world. */
export interface LookRecord {
  readonly worthTraining: boolean;
  readonly p: number;
  /** NDCG@10. */
  readonly estimate: number;
  /** The headroom that it sees with probability .8. */
  readonly detectable: number;
}

/** Users whose interactions the model knows. */
const knownUsers = 500;

/** The cheap look at a world of its own for each seed: users, answers and prompts are independent between seeds. */
export async function lookInWorld({ preset, seed, calls }: LookInWorldOptions): Promise<LookRecord> {
  const random = createRandomStream(seed).split('cheap look').split(preset);
  const users = Math.ceil(calls / 2);
  const world = createWorld({ preset, users: users + knownUsers, random: random.split('world') });
  const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
  const tasks = createJudgedTasks(world.dataset, {
    users: range(0, users),
    target: 'test',
    random: random.split('tasks'),
  });
  const { verdict, p, estimate, detectable } = await lookForHeadroom({
    tasks,
    space: createPatternSpace({ domain: movies, patterns: defaultPatterns }),
    model: createSimulatedTextModel({
      knowledge: createKnowledge(world.dataset, { users: range(users, users + knownUsers) }),
    }),
    encoders: [fitHistoryStatistics(tasks.map(({ task }) => task))],
    calls,
    random: random.split('look'),
  });
  return { worthTraining: verdict === 'worth-training', p, estimate, detectable };
}

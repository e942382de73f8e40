import { createJudgedTasks } from '@rppkit/datasets';
import { createPatternSpace, defaultPatterns, movies, type PatternSpace } from '@rppkit/patterns';
import {
  createKnowledge,
  createSimulatedTextModel,
  createWorld,
  type World,
  type WorldPreset,
} from '@rppkit/simulator';
import type { JudgedTask, RandomStream, TextModel } from '@rppkit/spec';

/** A world with as many users as a look or a table asks, and the model that answers for them. */
export interface SmallWorld {
  readonly world: World;
  readonly tasks: readonly JudgedTask[];
  /** Users without tasks, whose interactions the model knows; as indices into the log. */
  readonly knownUsers: Int32Array;
  readonly model: TextModel;
  /** All joint actions of the default patterns. */
  readonly space: PatternSpace;
}

const knownCount = 500;

/** A world of its own for each stream: users, answers and prompts are independent between streams. */
export function prepareSmallWorld({
  preset,
  users,
  random,
}: {
  readonly preset: WorldPreset;
  readonly users: number;
  readonly random: RandomStream;
}): SmallWorld {
  const world = createWorld({ preset, users: users + knownCount, random: random.split('world') });
  const knownUsers = Int32Array.from({ length: knownCount }, (_, index) => users + index);
  return {
    world,
    tasks: createJudgedTasks(world.dataset, {
      users: Int32Array.from({ length: users }, (_, index) => index),
      target: 'test',
      random: random.split('tasks'),
    }),
    knownUsers,
    model: createSimulatedTextModel({ knowledge: createKnowledge(world.dataset, { users: knownUsers }) }),
    space: createPatternSpace({ domain: movies, patterns: defaultPatterns }),
  };
}

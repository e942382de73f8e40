import { assertDisjointUsers, createJudgedTasks } from '@rppkit/datasets';
import { fitHistoryStatistics } from '@rppkit/env';
import { createPatternSpace, defaultPatterns, movies, type PatternSpace } from '@rppkit/patterns';
import {
  createKnowledge,
  createSimulatedTextModel,
  createWorld,
  type LatentType,
  type World,
  type WorldPreset,
} from '@rppkit/simulator';
import type { Encoder, JudgedTask, RandomStream, TextModel } from '@rppkit/spec';
import { createTraitEncoder } from './trait-encoder.ts';
import { fitTypeClassifier } from './type-classifier.ts';

export interface PrepareWorldOptions {
  readonly preset: WorldPreset;
  /** Users whose answers train and choose, and whose interactions the model knows. */
  readonly fitUsers: number;
  readonly reportUsers: number;
  readonly random: RandomStream;
}

/** A synthetic world with its users split in two. */
export interface PreparedWorld {
  readonly world: World;
  readonly fit: readonly JudgedTask[];
  /** The users of `fit`, as indices into the log. */
  readonly fitUsers: Int32Array;
  /** Other users: nothing of theirs is known to the model or to the encoder. */
  readonly report: readonly JudgedTask[];
  readonly model: TextModel;
  readonly space: PatternSpace;
  /** What policies observe. */
  readonly encoder: Encoder;
}

/** Generates a world, and tasks of both kinds of users. */
export function prepareWorld({ preset, fitUsers, reportUsers, random }: PrepareWorldOptions): PreparedWorld {
  const users = fitUsers + reportUsers;
  const world = createWorld({ preset, users, random: random.split('world') });
  const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
  const makeTasks = (from: number, to: number): readonly JudgedTask[] =>
    createJudgedTasks(world.dataset, { users: range(from, to), target: 'test', random: random.split('tasks') });
  const fit = makeTasks(reportUsers, users);
  const report = makeTasks(0, reportUsers);
  assertDisjointUsers(fit, report);
  const knowledge = createKnowledge(world.dataset, { users: range(reportUsers, users) });
  return {
    world,
    fit,
    fitUsers: range(reportUsers, users),
    report,
    model: createSimulatedTextModel({ knowledge }),
    space: createPatternSpace({ domain: movies, patterns: defaultPatterns }),
    encoder: fitHistoryStatistics(fit.map(({ task }) => task)),
  };
}

/** The latent type of a task's user; undefined in a world without types. */
export function getType(world: World, { task }: JudgedTask): LatentType | undefined {
  return world.typeOf(Number(task.user.slice(1)) - 1);
}

/** What the context oracle observes: where types exist, what the observation says of them, as prompts depend on that. */
export function createOracleEncoder({
  world,
  fit,
  encoder,
}: Pick<PreparedWorld, 'world' | 'fit' | 'encoder'>): Encoder {
  if (world.typeOf(0) === undefined) return encoder;
  return createTraitEncoder(fitTypeClassifier(encoder, fit, (judged) => getType(world, judged)!));
}

import { createJudgedTasks, type Dataset } from '@rppkit/datasets';
import {
  type ComposedPrompt,
  composePrompt,
  createPatternSpace,
  decodeJointAction,
  defaultPatterns,
  extendPattern,
  type JointAction,
  movies,
  type PatternSpace,
  structuredFormatExpression,
} from '@rppkit/patterns';
import { createWorld } from '@rppkit/simulator';
import { createRandomStream, type RankingTask } from '@rppkit/spec';

/** What a model is tried on: ten invented films for an invented user. */
export interface ProbeTask {
  readonly dataset: Dataset;
  readonly task: RankingTask;
  /** The space of a default run. */
  readonly space: PatternSpace;
  /** A prompt of it whose answer is text. */
  readonly prompt: ComposedPrompt;
  /** The same with an answer by JSON schema. */
  readonly structured: ComposedPrompt;
  /** Users whom a simulated model may know. */
  readonly outsiders: Int32Array;
}

/** Makes the task; always the same. */
export function createProbeTask(): ProbeTask {
  const random = createRandomStream('doctor');
  const { dataset } = createWorld({ preset: 'diverse', users: 60, random: random.split('world') });
  const [judged] = createJudgedTasks(dataset, {
    users: Int32Array.of(0),
    target: 'test',
    random: random.split('task'),
  });
  const { task } = judged!;
  const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
  const choice = decodeJointAction(space, 0);
  const outsiders = Int32Array.from({ length: dataset.log.users.length - 1 }, (_, user) => user + 1);
  return {
    dataset,
    task,
    space,
    prompt: composePrompt(space, choice, task),
    structured: composeStructured(choice, task),
    outsiders,
  };
}

function composeStructured(choice: JointAction, task: RankingTask): ComposedPrompt {
  const format = defaultPatterns.findIndex(({ section }) => section === 'format');
  const patterns = defaultPatterns.map((pattern, position) =>
    position === format ? extendPattern(pattern, [structuredFormatExpression]) : pattern,
  );
  const space = createPatternSpace({ domain: movies, patterns });
  const last = patterns[format]!.expressions.length - 1;
  return composePrompt(space, choice.with(format, last), task);
}

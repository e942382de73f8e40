import type { JointAction } from '@rppkit/patterns';
import { InvalidArgumentError } from '@rppkit/spec';
import type { AnswerSource, TrialAnswers } from '../answers/answer-source.ts';
import { computeSpaceChecksum } from '../tables/content-checksum.ts';
import type { FoundPrompts } from './searcher.ts';
import { computeDraw } from './task-walk.ts';

export interface EvaluateFoundPromptsOptions {
  /** Rankings of each task, a positive integer; default 1. Each takes the next candidate orders, from 0 on. */
  readonly draws?: number;
  readonly signal?: AbortSignal;
}

/** What served prompts were worth. */
export interface FoundPromptsEvaluation {
  /** Mean reward of each task over its rankings, `Float64Array [tasks]`; NaN where one of its calls failed. */
  readonly rewards: Float64Array;
  /** Prompt and answer tokens of one ranking, the mean over the tasks that have a reward; NaN where none has. */
  readonly tokensPerRanking: number;
  /** Calls made. */
  readonly calls: number;
}

/**
 * Asks what is served to each task of a source. Answers of several prompts are judged as their rank aggregate; ranking d of
 * T prompts takes candidate orders d T … d T + T - 1, modulo those of the source, and then further draws. Rejects with the
 * reason of its signal; throws `InvalidArgumentError` for wrong options, for prompts of another space than the source's,
 * which would be asked in other words, and where a recorded answer would count twice for one task.
 */
export async function evaluateFoundPrompts(
  found: FoundPrompts,
  source: AnswerSource,
  { draws = 1, signal }: EvaluateFoundPromptsOptions = {},
): Promise<FoundPromptsEvaluation> {
  if (!Number.isInteger(draws) || draws < 1) throw new InvalidArgumentError('draws', 'a positive integer', draws);
  assertSameSpace(found, source);
  signal?.throwIfAborted();
  const tasks = source.tasks.map(({ task }) => task);
  await found.prepare?.(tasks, signal === undefined ? {} : { signal });
  const { promptsPerRanking: length } = found;
  const each = draws * length;
  const rewards = new Float64Array(tasks.length);
  let tokens = 0;
  let answeredTasks = 0;
  const tasksAtOnce = Math.max(1, Math.floor(batchSize / each));
  for (let first = 0; first < tasks.length; first += tasksAtOnce) {
    const trials = tasks.slice(first, first + tasksAtOnce).flatMap((task, index) => {
      const prompts = found.choose(task);
      assertFreshAnswers(prompts, draws, source);
      return Array.from({ length: each }, (_, draw) => ({
        task: first + index,
        choice: prompts[draw % length]!,
        ...computeDraw(source, draw),
      }));
    });
    const answers = await source
      .ask(trials, signal === undefined ? {} : { signal })
      .finally(() => signal?.throwIfAborted());
    for (let start = 0; start < trials.length; start += each) {
      const task = first + start / each;
      rewards[task] = computeTaskReward(source, task, answers, { start, end: start + each, length });
      if (Number.isNaN(rewards[task])) continue;
      answeredTasks++;
      for (let index = start; index < start + each; index++) tokens += answers.tokens[index]!;
    }
  }
  const rankings = answeredTasks * draws;
  return { rewards, tokensPerRanking: rankings === 0 ? Number.NaN : tokens / rankings, calls: tasks.length * each };
}

function assertSameSpace({ space }: FoundPrompts, source: AnswerSource): void {
  if (space === undefined || space === source.space) return;
  const [wanted, received] = [space, source.space].map(computeSpaceChecksum);
  if (wanted === received) return;
  throw new InvalidArgumentError(
    'the pattern space of the source',
    `that of the prompts (checksum ${wanted})`,
    received,
    'Ask them in their own space: createModelSource({ tasks, space: found.space, model }).',
  );
}

/** A source with few draws of a prompt repeats them, so that further ones would seem to say something new. */
function assertFreshAnswers(prompts: readonly JointAction[], draws: number, source: AnswerSource): void {
  if (source.draws === undefined) return;
  const different = source.candidateOrders * source.draws;
  const each = draws * prompts.length;
  if (each <= different) return;
  const asked = new Set<string>();
  for (let draw = 0; draw < each; draw++) asked.add(`${prompts[draw % prompts.length]} ${draw % different}`);
  if (asked.size === each) return;
  throw new InvalidArgumentError(
    'draws',
    `few enough that no answer counts twice: the source has ${different} of each prompt`,
    draws,
    'Ask for fewer draws, or record more candidate orders or draws.',
  );
}

/** Trials handed to a source at once, where one task does not take more. */
const batchSize = 1024;

interface TrialRange {
  readonly start: number;
  readonly end: number;
  /** Trials of one ranking. */
  readonly length: number;
}

/** The mean reward of the rankings in a range of answers to one task; NaN where a call failed. */
function computeTaskReward(
  source: AnswerSource,
  task: number,
  { rewards, rankings }: TrialAnswers,
  { start, end, length }: TrialRange,
): number {
  let sum = 0;
  for (let index = start; index < end; index += length) {
    if (length === 1) {
      sum += rewards[index]!;
      continue;
    }
    const parts = rankings.slice(index, index + length).filter((ranking) => ranking !== undefined);
    sum += parts.length < length ? Number.NaN : source.judge(task, parts);
  }
  return sum / ((end - start) / length);
}

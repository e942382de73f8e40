import { type RandomStream, samplePermutation } from '@rppkit/spec';
import type { AnswerSource, PromptTrial } from '../answers/answer-source.ts';

/** A trial without its prompt. */
export type TaskDraw = Required<Omit<PromptTrial, 'choice'>>;

/**
 * Places 0, 1, … of a walk through tasks, so that prompts asked on the same places are compared in pairs. Every visit of a
 * task is asked in its next candidate order, and once all have been, as a new draw. A place of several `answers` takes as
 * many orders.
 */
export type TaskWalk = (place: number, answer?: number) => TaskDraw;

/** A walk that visits the tasks again and again in one random order; default tasks: all of the source. */
export function createTaskWalk(
  source: AnswerSource,
  random: RandomStream,
  { tasks, answers = 1 }: { readonly tasks?: Int32Array; readonly answers?: number } = {},
): TaskWalk {
  const count = tasks?.length ?? source.tasks.length;
  const order = samplePermutation(random, count);
  return (place, answer = 0) => {
    const position = order[place % count]!;
    const task = tasks?.[position] ?? position;
    return { task, ...computeDraw(source, Math.floor(place / count) * answers + answer) };
  };
}

/** Candidate order and sample of the draw with this number. */
export function computeDraw({ candidateOrders }: AnswerSource, draw: number): Omit<TaskDraw, 'task'> {
  return { orderIndex: draw % candidateOrders, sampleIndex: Math.floor(draw / candidateOrders) };
}

import type { PatternSpace } from '@rppkit/patterns';
import type { Encoder, JudgedTask } from '@rppkit/spec';
import { numberUsers } from '../bounds/user-numbers.ts';
import { groupByMasks } from '../group-by-masks.ts';
import { AdditiveHeadroom } from './additive-headroom.ts';
import { computePromptResiduals, type PromptResiduals, type PromptRow } from './prompt-residuals.ts';
import { type StandardizedObservations, standardizeObservations } from './standardize-observations.ts';

/** Answers to prompts, ready for whatever asks how their worth depends on users. */
export interface InteractionSetup {
  /** Number of the group of each task, `Int32Array [tasks]`: tasks with the same legal expressions. */
  readonly groupOf: Int32Array;
  /** Number of the user of each task, `Int32Array [tasks]`. */
  readonly userOf: Int32Array;
  readonly observations: StandardizedObservations;
  readonly residuals: PromptResiduals;
  readonly headroom: AdditiveHeadroom;
}

/** At least one row; encoders prepared. */
export function createInteractionSetup(
  tasks: readonly JudgedTask[],
  rows: readonly PromptRow[],
  { space, encoders }: { readonly space: PatternSpace; readonly encoders: readonly Encoder[] },
): InteractionSetup {
  const plain = tasks.map(({ task }) => task);
  const groups = groupByMasks(plain, space);
  const groupOf = new Int32Array(plain.length);
  for (const [group, members] of groups.entries()) for (const task of members) groupOf[task] = group;
  const observations = standardizeObservations(plain, groups, encoders);
  const residuals = computePromptResiduals(rows, { space, observations });
  const { cells, effects } = residuals;
  const headroom = new AdditiveHeadroom({ space, tasks: plain, cells, effects, observations });
  const { userOf } = numberUsers(tasks);
  return { groupOf, userOf, observations, residuals, headroom };
}

import {
  computeActionMasks,
  decodeJointAction,
  encodeJointAction,
  type JointAction,
  legalizeJointAction,
  type PatternSpace,
} from '@rppkit/patterns';
import type { RankingTask } from '@rppkit/spec';

/** What the recorded actions come to for a task. */
export interface LegalActions {
  /** The joint action that is asked for each recorded one. */
  readonly choices: readonly JointAction[];
  /** Place of the first recorded action that comes to the same one, `Int32Array [actions]`. */
  readonly firsts: Int32Array;
  /** Number of a legal joint action → place of the first recorded action that comes to it. */
  readonly places: ReadonlyMap<number, number>;
}

/** What the actions with these numbers come to for any task; tasks with the same masks share one value. */
export function createLegalActions(space: PatternSpace, actions: Int32Array): (task: RankingTask) => LegalActions {
  const known = new Map<string, LegalActions>();
  return (task) => {
    const key = computeActionMasks(space, task).join(';');
    let legal = known.get(key);
    if (legal === undefined) {
      legal = computeLegalActions(space, actions, task);
      known.set(key, legal);
    }
    return legal;
  };
}

function computeLegalActions(space: PatternSpace, actions: Int32Array, task: RankingTask): LegalActions {
  const choices = Array.from(actions, (number) => legalizeJointAction(space, decodeJointAction(space, number), task));
  const places = new Map<number, number>();
  const firsts = Int32Array.from(choices, (choice, place) => {
    const number = encodeJointAction(space, choice);
    const first = places.get(number) ?? place;
    places.set(number, first);
    return first;
  });
  return { choices, firsts, places };
}

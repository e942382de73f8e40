import { computeObservationSize, encodeObservation, openPromptPolicy, prepareEncoders } from '@rppkit/env';
import {
  computeActionMasks,
  computeJointActionCount,
  decodeJointAction,
  legalizeJointAction,
  type PatternSpace,
} from '@rppkit/patterns';
import { createPolicy, decodePolicy, encodePolicy, type PolicyFile } from '@rppkit/policy';
import { type Encoder, type EncoderContext, InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import type { LoadFoundPromptsOptions } from '../searchers/load-found-prompts.ts';
import type { FoundPrompts, FoundPromptsState } from '../searchers/searcher.ts';

export interface BanditPromptsParts {
  /** A policy file of one round, as `createPromptPolicyFile` of `@rppkit/env` makes it. */
  readonly file: PolicyFile;
  readonly space: PatternSpace;
  /** Those of the file, in working order. */
  readonly encoders: readonly Encoder[];
  /** Numbers of the joint actions that may be chosen; undefined: all. */
  readonly jointActions: Int32Array | undefined;
}

/** Prompts by a learned policy: the legal joint action that it scores highest, the first among equals. */
export function createBanditPrompts(
  { file, space, encoders, jointActions }: BanditPromptsParts,
  calls: number,
): FoundPrompts {
  const policy = createPolicy(file);
  const offered = jointActions ?? Int32Array.from({ length: computeJointActionCount(space) }, (_, joint) => joint);
  const choices = Array.from(offered, (joint) => decodeJointAction(space, joint));
  return {
    calls,
    promptsPerRanking: 1,
    prepare: (tasks, options) => prepareEncoders(encoders, tasks.map(createContext), options),
    choose(task) {
      const observation = new Float32Array(policy.observationSize);
      encodeObservation(encoders, createContext(task), observation);
      const scores = policy.scoreJointActions(observation);
      const masks = findPermitted(space, computeActionMasks(space, task), jointActions);
      let best = -1;
      for (let index = 0; index < offered.length; index++) {
        if (choices[index]!.some((action, position) => masks[position]![action] === 0)) continue;
        if (best < 0 || scores[offered[index]!]! > scores[offered[best]!]!) best = index;
      }
      return [legalizeJointAction(space, choices[best]!, task)];
    },
    save: () => ({
      kind: 'bandit',
      calls,
      policy: encodeBase64(encodePolicy(file)),
      ...(jointActions !== undefined && { jointActions: [...jointActions] }),
    }),
  };
}

/** The masks of a task, or masks that allow everything where they allow none of the offered joint actions. */
export function findPermitted(
  space: PatternSpace,
  masks: readonly Uint8Array[],
  jointActions: Int32Array | undefined,
): readonly Uint8Array[] {
  const isLegal = (joint: number): boolean =>
    decodeJointAction(space, joint).every((action, position) => masks[position]![action] === 1);
  if (jointActions === undefined || jointActions.some(isLegal)) return masks;
  return masks.map((mask) => new Uint8Array(mask.length).fill(1));
}

/**
 * What `save()` returned, its number of calls checked. Throws `InvalidArgumentError` with the field that is wrong or for encoders
 * of another size, and as `decodePolicy` does.
 */
export function loadBanditPrompts(
  { calls, policy, jointActions }: FoundPromptsState,
  { space, encoders, ...restoring }: LoadFoundPromptsOptions,
): FoundPrompts {
  if (typeof policy !== 'string') throw new InvalidArgumentError('state.policy', 'a policy file in base64', policy);
  const file = decodePolicy(decodeBase64(policy));
  const describe = (ids: readonly { readonly name: string; readonly actions: readonly string[] }[]): string =>
    ids.map(({ name, actions }) => `${name}: ${actions.join(', ')}`).join('; ');
  const expected = describe(
    space.patterns.map(({ name, expressions }) => ({ name, actions: expressions.map(({ id }) => id) })),
  );
  const received = describe(file.header.agents);
  if (received !== expected) throw new InvalidArgumentError('state.policy', `of the space ${expected}`, received);
  const { observationSize, metadata } = file.header;
  if (metadata['rounds'] !== 1) {
    throw new InvalidArgumentError('state.policy', 'a policy of one round', metadata['rounds']);
  }
  const working = encoders ?? openPromptPolicy(file, restoring).encoders;
  const size = computeObservationSize(working);
  if (size !== observationSize) {
    throw new InvalidArgumentError('encoders', `those of the search, which write ${observationSize} floats`, size);
  }
  const count = computeJointActionCount(space);
  return createBanditPrompts(
    {
      file,
      space,
      encoders: working,
      jointActions: jointActions === undefined ? undefined : readJointActions(jointActions, count),
    },
    calls,
  );
}

function readJointActions(value: unknown, count: number): Int32Array {
  const isNumber = (joint: unknown): boolean => Number.isInteger(joint) && Number(joint) >= 0 && Number(joint) < count;
  if (Array.isArray(value) && value.length > 0 && value.every(isNumber)) return Int32Array.from(value as number[]);
  throw new InvalidArgumentError('state.jointActions', `numbers in [0, ${count})`, value);
}

function createContext(task: RankingTask): EncoderContext {
  return { task, round: 0, rounds: 1 };
}

function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function decodeBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new InvalidArgumentError('state.policy', 'a policy file in base64', text);
  }
}

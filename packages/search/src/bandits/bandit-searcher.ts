import { computeObservationSize, createPromptPolicyFile, encodeObservation, prepareEncoders } from '@rppkit/env';
import { computeActionMasks, type PatternSpace } from '@rppkit/patterns';
import {
  type ActionMasks,
  type Encoder,
  InvalidArgumentError,
  type PolicyActions,
  type RandomStream,
  type RankingTask,
} from '@rppkit/spec';
import { createSearchCalls } from '../searchers/search-calls.ts';
import type { Searcher } from '../searchers/searcher.ts';
import { createTaskWalk } from '../searchers/task-walk.ts';
import type { Bandit, BanditSpace } from './bandit.ts';
import { createBanditPrompts, findPermitted } from './bandit-prompts.ts';

export interface BanditSearcherOptions {
  /** Shown in tables. */
  readonly name: string;
  /** A fresh bandit; `random` is for what it draws beside its actions, such as a posterior. */
  readonly create: (space: BanditSpace, options: { readonly random: RandomStream }) => Bandit;
  /** What the bandit observes, at least one float. */
  readonly encoders: readonly Encoder[];
  /** Calls made at once and learned from together, a positive integer; default 50. */
  readonly batchSize?: number;
}

/**
 * Trains a bandit on the tasks of a source, visited in a seeded order again and again, each visit in the next candidate
 * order. What it finds chooses by the learned policy, and saves it as a policy file. Needs one call.
 */
export function createBanditSearcher({ name, create, encoders, batchSize = 50 }: BanditSearcherOptions): Searcher {
  const size = computeObservationSize(encoders);
  if (size === 0) throw new InvalidArgumentError('encoders', 'at least one that writes something', encoders);
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new InvalidArgumentError('batchSize', 'a positive integer', batchSize);
  }
  return {
    name,
    computeFewestCalls: () => 1,
    async search(source, { random, ...options }) {
      const calls = createSearchCalls(source, 1, options);
      const { signal } = options;
      const { space, tasks, actions: jointActions } = source;
      const bandit = create(createBanditSpace(space, size), { random: random.split('bandit') });
      try {
        const walk = createTaskWalk(source, random.split('tasks'));
        const draws = random.split('actions');
        const observe = createObserver(encoders, tasks);
        for (let start = 0; start < options.calls; start += batchSize) {
          const count = Math.min(batchSize, options.calls - start);
          const places = Array.from({ length: count }, (_, index) => walk(start + index));
          const shown = places.map(({ task }) => task);
          const observations = await observe(shown, signal);
          signal?.throwIfAborted();
          const masks = computeMasks(
            shown.map((task) => tasks[task]!.task),
            space,
            jointActions,
          );
          const acted = bandit.act(observations, {
            deterministic: false,
            random: draws,
            masks,
            ...(jointActions !== undefined && { jointActions }),
          });
          const rewards = new Float32Array(count);
          const learnable = new Uint8Array(count);
          await calls.ask(
            count,
            (index) => ({
              ...places[index]!,
              choice: space.patterns.map((pattern) => acted.actions[pattern.name]![index]!),
            }),
            (index, reward) => {
              if (Number.isNaN(reward)) return;
              rewards[index] = reward;
              learnable[index] = 1;
            },
          );
          await learn(bandit, { observations, masks, acted, rewards, learnable });
        }
        calls.assertAnswered();
        const file = createPromptPolicyFile({
          networks: bandit.exportNetworks(),
          pairs: bandit.exportPairs(),
          space,
          encoders,
          rounds: 1,
          provenance: { learner: bandit.name, calls: calls.made },
        });
        return createBanditPrompts({ file, space, encoders, jointActions }, calls.made);
      } finally {
        bandit.dispose();
      }
    },
  };
}

function createBanditSpace({ patterns }: PatternSpace, observationSize: number): BanditSpace {
  return {
    agents: patterns.map(({ name }) => name),
    observationSize,
    actionCounts: Object.fromEntries(patterns.map(({ name, expressions }) => [name, expressions.length])),
  };
}

/** Observations of tasks, `Float32Array [tasks, size]`, each computed at its first visit. */
function createObserver(
  encoders: readonly Encoder[],
  tasks: readonly { readonly task: RankingTask }[],
): (shown: readonly number[], signal: AbortSignal | undefined) => Promise<Float32Array> {
  const size = computeObservationSize(encoders);
  const known = new Map<number, Float32Array>();
  return async (shown, signal) => {
    const fresh = [...new Set(shown)].filter((task) => !known.has(task));
    const contexts = fresh.map((task) => ({ task: tasks[task]!.task, round: 0, rounds: 1 }));
    await prepareEncoders(encoders, contexts, signal === undefined ? {} : { signal });
    fresh.forEach((task, index) => {
      const observation = new Float32Array(size);
      encodeObservation(encoders, contexts[index]!, observation);
      known.set(task, observation);
    });
    const observations = new Float32Array(shown.length * size);
    shown.forEach((task, row) => {
      observations.set(known.get(task)!, row * size);
    });
    return observations;
  };
}

/** Masks of every row. Where none of the offered joint actions is legal, all are: they are asked with a legal window. */
function computeMasks(
  shown: readonly RankingTask[],
  space: PatternSpace,
  jointActions: Int32Array | undefined,
): ActionMasks {
  const rows = shown.map((task) => findPermitted(space, computeActionMasks(space, task), jointActions));
  return Object.fromEntries(
    space.patterns.map(({ name, expressions: { length } }, position) => {
      const mask = new Uint8Array(rows.length * length);
      rows.forEach((row, index) => {
        mask.set(row[position]!, index * length);
      });
      return [name, mask];
    }),
  );
}

async function learn(
  bandit: Bandit,
  {
    observations,
    masks,
    acted,
    rewards,
    learnable,
  }: {
    readonly observations: Float32Array;
    readonly masks: ActionMasks;
    readonly acted: PolicyActions;
    readonly rewards: Float32Array;
    readonly learnable: Uint8Array;
  },
): Promise<void> {
  const batchSize = rewards.length;
  const state = new Float32Array(0);
  const ones = new Uint8Array(batchSize).fill(1);
  await bandit.update({
    batchSize,
    steps: [
      {
        observations,
        state,
        actionMasks: masks,
        ...acted,
        rewards,
        terminated: learnable,
        truncated: learnable.map((value) => 1 - value),
        active: ones,
        learnable,
      },
    ],
    finalObservations: observations,
    finalState: state,
  });
}

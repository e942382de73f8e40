import { bootstrapMeanInterval, type MeanInterval, pairedDifferences } from '@rppkit/metrics/statistics';
import { InvalidArgumentError, type RandomStream, type Scorer } from '@rppkit/spec';
import { type CrossFitChoices, type CrossFitChoicesOptions, crossFitChoices } from './cross-fit-choices.ts';
import { scoreGreedySequence, scoreRepeatedPrompt } from './ensemble-bounds.ts';
import { type FoundBound, scoreFound } from './found-bounds.ts';
import { assertAllowedLoss, keepUsers } from './keep-users.ts';
import { scoreLabelOracle, scoreSwapped, scoreTypeOracle } from './oracle-bounds.ts';
import { poolByUser } from './pool-by-user.ts';
import { createPromptRankings } from './prompt-rankings.ts';
import { scoreChance, scoreRandomPrompts, scoreScorer } from './reference-bounds.ts';
import type { RewardCube } from './reward-cube.ts';

export interface ComputeBoundsOptions extends CrossFitChoicesOptions {
  /** Rankers without a model, such as popularity; a row each. */
  readonly scorers?: readonly Scorer[];
  /** Results of searches on other users; a row each. */
  readonly found?: readonly FoundBound[];
  /** Calls of the equal-cost ensembles, from 2 to the draws of the cube; absent: no ensembles. */
  readonly ensembleCalls?: number;
  /** The latent type of each task of the cube, where it is known; absent: no type oracle. */
  readonly types?: readonly (string | number)[];
  /** Share of users that failed calls may cost, in [0, 1]; default 0.02. */
  readonly allowedLoss?: number;
}

/** One bound or control. */
export interface BoundRow {
  /** Such as `best-fixed`, `scorer:popularity` or `found:halving`. */
  readonly id: string;
  readonly label: string;
  /** Knows what no policy can: the types or labels. Never to be divided by. */
  readonly ceiling: boolean;
  /** Calls for one ranking; 0 without a model. */
  readonly callsPerRanking: number;
  /** Reward of each user of `Bounds.users`, `Float64Array [users]`. */
  readonly values: Float64Array;
  /** Their mean, with its 95 % bootstrap interval over users. */
  readonly interval: MeanInterval;
  /** The same of the paired differences from the best fixed prompt. */
  readonly overBestFixed: MeanInterval;
}

export interface Bounds {
  /** Users whom every row has a value for; the order of all values. */
  readonly users: readonly string[];
  /** Users left out because a call failed. */
  readonly lostUsers: number;
  readonly rows: readonly BoundRow[];
}

/**
 * Bounds and controls of a cube, side by side for the same users. Every choice is made and scored on disjoint data:
 *
 * - best fixed prompt, ensembles, context oracle and type oracle: chosen on the users of the other folds;
 * - label oracle: chosen on one half of a task's draws, scored on the other; there with two draws or more;
 * - swapped: prompts change hands inside a fold, so that none was chosen by a policy that knew the user;
 * - found prompts: on the caller's word that they were found on other users.
 *
 * The context oracle is an estimate from below. Rejects with `InvalidArgumentError` for options out of range, with `RppError`
 * (`USERS_LOST`) where more users are lost than allowed, and with the reason of its signal.
 */
export async function computeBounds(
  cube: RewardCube,
  { scorers = [], found = [], ensembleCalls, types, allowedLoss = 0.02, ...crossFit }: ComputeBoundsOptions,
): Promise<Bounds> {
  const { tasks, draws } = cube;
  if (
    ensembleCalls !== undefined &&
    !(Number.isInteger(ensembleCalls) && ensembleCalls >= 2 && ensembleCalls <= draws)
  ) {
    throw new InvalidArgumentError(
      'ensembleCalls',
      `an integer from 2 to the ${draws} draws of the cube`,
      ensembleCalls,
    );
  }
  if (types !== undefined && types.length !== tasks.length) {
    throw new InvalidArgumentError('types', `one for each of ${tasks.length} tasks`, types);
  }
  assertAllowedLoss(allowedLoss);
  for (const [argument, list] of Object.entries({ scorers, found })) {
    const names = list.map(({ name }) => name);
    if (new Set(names).size === names.length) continue;
    throw new InvalidArgumentError(argument, 'a name of its own for each row', names.join(', '));
  }
  const { random, signal } = crossFit;
  const choices = await crossFitChoices(cube, { ...crossFit, random: random.split('folds') });
  const read = (chosen: Int32Array): Float64Array =>
    Float64Array.from(chosen, (action, task) => choices.means[task * cube.choices.length + action]!);
  const rankings = createPromptRankings(cube);
  const shared = { rankings, ...(signal !== undefined && { signal }) };

  const systems: System[] = [{ id: 'chance', label: 'chance', callsPerRanking: 0, values: scoreChance(cube) }];
  for (const scorer of scorers) {
    const values = scoreScorer(cube, scorer, random.split('ties').split(scorer.name));
    systems.push({ id: `scorer:${scorer.name}`, label: scorer.name, callsPerRanking: 0, values });
  }
  systems.push(
    { id: 'random', label: 'random prompts', values: scoreRandomPrompts(cube, choices.means) },
    { id: 'best-fixed', label: 'best fixed prompt', values: read(choices.fixed) },
  );
  for (const one of found) {
    const values = await scoreFound(cube, one, { ...shared, means: choices.means });
    const callsPerRanking = 'length' in one.prompts ? 1 : one.prompts.promptsPerRanking;
    systems.push({ id: `found:${one.name}`, label: `found by ${one.name}`, callsPerRanking, values });
  }
  if (ensembleCalls !== undefined) {
    const options = { ...shared, choices, calls: ensembleCalls };
    systems.push(
      {
        id: 'repeated',
        label: `best fixed prompt, ${ensembleCalls} times`,
        callsPerRanking: ensembleCalls,
        values: await scoreRepeatedPrompt(cube, options),
      },
      {
        id: 'sequence',
        label: `best fixed sequence of ${ensembleCalls} prompts`,
        callsPerRanking: ensembleCalls,
        values: await scoreGreedySequence(cube, options),
      },
    );
  }
  systems.push(
    {
      id: 'swapped',
      label: 'context oracle, users swapped',
      values: scoreSwapped(cube, choices, random.split('swaps')),
    },
    { id: 'context-oracle', label: 'context oracle', values: read(choices.oracle) },
  );
  if (types !== undefined) {
    const values = scoreTypeOracle(cube, choices, (task) => types[task]!);
    systems.push({ id: 'type-oracle', label: 'type oracle', ceiling: true, values });
  }
  if (draws >= 2) {
    systems.push({ id: 'label-oracle', label: 'label oracle', ceiling: true, values: scoreLabelOracle(cube) });
  }
  return pairSystems(systems, choices, { allowedLoss, random: random.split('intervals') });
}

interface System {
  readonly id: string;
  readonly label: string;
  readonly ceiling?: boolean;
  readonly callsPerRanking?: number;
  /** `Float64Array [tasks]`. */
  readonly values: Float64Array;
}

function pairSystems(
  systems: readonly System[],
  choices: CrossFitChoices,
  { allowedLoss, random }: { readonly allowedLoss: number; readonly random: RandomStream },
): Bounds {
  const pooled = systems.map(({ values }) => poolByUser(values, choices));
  const kept = keepUsers(pooled, choices.users.length, allowedLoss);
  const select = (values: Float64Array): Float64Array => Float64Array.from(kept, (user) => values[user]!);
  const fixed = select(pooled[systems.findIndex(({ id }) => id === 'best-fixed')]!);
  const rows = systems.map(({ id, label, ceiling = false, callsPerRanking = 1 }, index): BoundRow => {
    const values = select(pooled[index]!);
    return {
      id,
      label,
      ceiling,
      callsPerRanking,
      values,
      interval: bootstrapMeanInterval(values, { random: random.split(id) }),
      overBestFixed: bootstrapMeanInterval(pairedDifferences(values, fixed), {
        random: random.split(id).split('best-fixed'),
      }),
    };
  });
  const lostUsers = choices.users.length - kept.length;
  return { users: kept.map((user) => choices.users[user]!), lostUsers, rows };
}

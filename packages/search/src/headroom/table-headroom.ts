import { computeActionMasks } from '@rppkit/patterns';
import { InvalidArgumentError } from '@rppkit/spec';
import { type CrossFitChoicesOptions, crossFitChoices } from '../bounds/cross-fit-choices.ts';
import { assertAllowedLoss, keepUsers } from '../bounds/keep-users.ts';
import { poolByUser } from '../bounds/pool-by-user.ts';
import type { RewardCube } from '../bounds/reward-cube.ts';
import { computeHeadroom, type Headroom } from './compute-headroom.ts';
import { estimateDetectableHeadroom } from './detectable-headroom.ts';
import { createInteractionSetup } from './interaction-setup.ts';
import { assertPermutations, type InteractionTest, testInteraction } from './interaction-test.ts';
import type { PromptRow } from './prompt-residuals.ts';

export interface TableHeadroomOptions extends CrossFitChoicesOptions {
  /** Gains below this do not matter, above 0; default 0.01 NDCG. */
  readonly margin?: number;
  /** Of the interaction test, at least 19; default 199. */
  readonly permutations?: number;
  /** Share of users that failed calls may cost, in [0, 1]; default 0.02. */
  readonly allowedLoss?: number;
}

/** The attainable headroom of a table, and what it would take to decide. */
export interface TableHeadroom extends Headroom {
  readonly margin: number;
  readonly interaction: InteractionTest;
  /** The headroom that the interaction test sees with probability .8; infinite where the encoders tell no two users apart, or no prompt is legal. */
  readonly detectable: number;
  readonly users: number;
  /** Users without an answer to both prompts, left out. */
  readonly lostUsers: number;
  /** For `undecided`: about how many more users would decide, if their answers are like those so far. */
  readonly moreUsers?: number;
  /** Their calls. */
  readonly moreCalls?: number;
}

/**
 * Context oracle less best fixed prompt, both chosen on the users of other folds than those they are scored on, so that it estimates
 * the attainable headroom from below; with the interaction test on all of the table, of which the legal prompts enter.
 *
 * The verdict is that of `computeHeadroom`, but for one case: an oracle that gains nothing though the test rejects is not `too-small`
 * but `undecided`, because it had too few users to learn from; twice as many are the next step. Where the test does not reject either,
 * `detectable` says how large a headroom it would have seen.
 *
 * Rejects with `InvalidArgumentError` for options out of range, with `RppError` (`USERS_LOST`) where more users are lost than
 * allowed, and with the reason of its signal.
 */
export async function computeTableHeadroom(
  cube: RewardCube,
  { margin = 0.01, permutations = 199, allowedLoss = 0.02, ...options }: TableHeadroomOptions,
): Promise<TableHeadroom> {
  if (!(margin > 0)) throw new InvalidArgumentError('margin', 'a positive number', margin);
  assertAllowedLoss(allowedLoss);
  assertPermutations(permutations);
  const { random, encoders } = options;
  const choices = await crossFitChoices(cube, { ...options, random: random.split('folds') });
  const { means, users } = choices;
  const actions = cube.choices.length;
  const pool = (chosen: Int32Array): Float64Array =>
    poolByUser(
      Float64Array.from(chosen, (action, task) => means[task * actions + action]!),
      choices,
    );
  const oracle = pool(choices.oracle);
  const fixed = pool(choices.fixed);
  const kept = keepUsers([oracle, fixed], users.length, allowedLoss);
  const { space, tasks } = cube;
  const rows = listLegalRows(cube, means);
  const interaction = testInteraction({ tasks, rows }, { space, encoders, random: random.split('test'), permutations });
  // Where the table holds no legal prompt there is nothing to test, and nothing would be seen.
  const detectable =
    rows.length === 0
      ? Infinity
      : estimateDetectableHeadroom({
          ...createInteractionSetup(tasks, rows, { space, encoders }),
          critical: interaction.critical,
          random: random.split('detectable'),
          draws: 20,
        });
  const headroom = computeHeadroom({
    oracle: kept.map((user) => oracle[user]!),
    fixed: kept.map((user) => fixed[user]!),
    interactionP: interaction.p,
    margin,
    random: random.split('interval'),
  });
  const counts = { margin, interaction, detectable, users: kept.length, lostUsers: users.length - kept.length };
  // The oracle underestimates: where the test sees an interaction, an oracle that gains nothing from it has too few users to learn from.
  const underfitted = headroom.verdict === 'too-small' && interaction.p <= 0.05;
  if (headroom.verdict !== 'undecided' && !underfitted) return { ...headroom, ...counts };
  const needed = headroom.usersToDecide ?? Math.ceil(kept.length * (underfitted ? 2 : computeGrowth(interaction)));
  const moreUsers = Math.max(1, needed - kept.length);
  const moreCalls = Math.ceil((moreUsers * tasks.length) / users.length) * actions * cube.draws;
  return { ...headroom, ...counts, verdict: 'undecided', moreUsers, moreCalls };
}

/**
 * How many times the users the test needs: what the statistic has above its expectation grows with their number. Twice as many where it
 * has nothing above.
 */
function computeGrowth({ statistic, expected, critical }: InteractionTest): number {
  return statistic > expected ? (critical - expected) / (statistic - expected) : 2;
}

function listLegalRows({ tasks, space, choices }: RewardCube, means: Float64Array): readonly PromptRow[] {
  return tasks.flatMap(({ task }, index) => {
    const masks = computeActionMasks(space, task);
    return choices.flatMap((choice, action) => {
      const reward = means[index * choices.length + action]!;
      if (Number.isNaN(reward) || choice.some((expression, position) => masks[position]![expression] !== 1)) return [];
      return [{ task: index, choice, reward }];
    });
  });
}

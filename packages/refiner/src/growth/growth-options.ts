import type { RankingStepInfo, RecommendationEnvironment } from '@rppkit/env';
import { InvalidArgumentError, type Learner, type RandomStream, type VectorStep } from '@rppkit/spec';
import type { Refiner } from '../rewriting/refinement.ts';
import type { SequentialTestOptions } from './sequential-test.ts';

/** When expressions are refined: after every so many updates, or once scores stop rising. */
export type RefineWhen =
  /** A positive integer. */
  | { readonly every: number }
  /**
   * Once the mean score of the last `plateau` updates exceeds that of as many before by at most `minimumDelta`, and again so
   * many updates later. `plateau`: a positive integer; `minimumDelta`: default 0.005.
   */
  | { readonly plateau: number; readonly minimumDelta?: number };

export interface GrowthOptions {
  /** Its space grows; between rollouts it belongs to the growth. */
  readonly environment: RecommendationEnvironment;
  /** Made for that environment. Its actions grow with the space. */
  readonly learner: Pick<Learner, 'widen' | 'update'>;
  readonly refiner: Refiner;
  /** Decides which rounds are asked again; it is split, not drawn from. */
  readonly random: RandomStream;
  /** Names of the patterns that are refined. Default: all but that of the section `history`. */
  readonly patterns?: readonly string[];
  /** Default after every update. */
  readonly when?: RefineWhen;
  /**
   * Share of all calls, refinements and pairs included, that refining and testing may take, in (0, 1). Default 0.2.
   */
  readonly share?: number;
  /** Children of a pattern that are tested at a time, K, a positive integer. Default 10. */
  readonly liveChildren?: number;
  /** How often one expression is refined at most, whatever comes of it, a positive integer. Default 3. */
  readonly refinementsPerExpression?: number;
  /** `alpha` is that of a pattern; each of its K children gets alpha / K. */
  readonly test?: SequentialTestOptions;
  /**
   * Whether the learner is also updated with what was asked in place of rounds: only in episodes of one round, and for
   * learners that learn from actions of any origin, not for those that declare to be on-policy. Default false.
   */
  readonly learnFromPairs?: boolean;
  /** Texts that no rewrite may hold, beside the titles of the rollouts' tasks. Default: none. */
  readonly protectedTexts?: readonly string[];
}

/** The rollout of an update, as callbacks of a training are told it. */
export interface GrowthInput {
  /** What `reset` and then every `step` returned. */
  readonly steps: readonly VectorStep<RankingStepInfo>[];
  /** Calls that are left for refinements and pairs, whatever the share allows. Default: no limit. */
  readonly callsLeft?: number;
}

/** The options with their defaults. Throws `InvalidArgumentError` for those out of range. */
export function resolveGrowthOptions({
  environment,
  patterns = environment.space.patterns.filter(({ section }) => section !== 'history').map(({ name }) => name),
  when = { every: 1 },
  share = 0.2,
  liveChildren = 10,
  refinementsPerExpression = 3,
  test = {},
  learnFromPairs = false,
  protectedTexts = [],
  ...others
}: GrowthOptions): Required<GrowthOptions> {
  const known = environment.space.patterns.map(({ name }) => name);
  for (const name of patterns) {
    if (!known.includes(name)) throw new InvalidArgumentError('patterns', `among ${known.join(', ')}`, name);
  }
  if (!(share > 0 && share < 1)) throw new InvalidArgumentError('share', 'a number in (0, 1)', share);
  assertCount('liveChildren', liveChildren);
  assertCount('refinementsPerExpression', refinementsPerExpression);
  if ('every' in when) assertCount('when.every', when.every);
  else {
    assertCount('when.plateau', when.plateau);
    const { minimumDelta = 0.005 } = when;
    if (!Number.isFinite(minimumDelta)) {
      throw new InvalidArgumentError('when.minimumDelta', 'a finite number', minimumDelta);
    }
  }
  const { capabilities } = others.learner as { readonly capabilities?: { readonly data?: string } };
  if (learnFromPairs && capabilities?.data === 'on-policy') {
    throw new InvalidArgumentError('learnFromPairs', 'false for a learner of its own actions alone', true);
  }
  const { alpha = 0.05 } = test;
  return {
    ...others,
    environment,
    patterns,
    when,
    share,
    liveChildren,
    refinementsPerExpression,
    test: { ...test, alpha: alpha / liveChildren },
    learnFromPairs,
    protectedTexts,
  };
}

function assertCount(argument: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new InvalidArgumentError(argument, 'a positive integer', value);
}

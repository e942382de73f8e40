import { type Expression, type Pattern, type PatternSpace, readLanguage } from '@rppkit/patterns';
import { InvalidArgumentError, RppError, samplePermutation } from '@rppkit/spec';
import { listTitles } from '../rewriting/list-titles.ts';
import type { Refinement } from '../rewriting/refinement.ts';
import { addExpression, hasExpression, retireChildren } from './change-space.ts';
import { chooseParent } from './choose-parent.ts';
import { countRefinement } from './count-refinement.ts';
import { createPairRollout } from './create-pair-rollout.ts';
import { describeEvidence } from './describe-evidence.ts';
import { type GrowthInput, type GrowthOptions, resolveGrowthOptions } from './growth-options.ts';
import { type Arm, type Child, type GrowthCounts, type GrowthState, noCounts } from './lineage.ts';
import { listPairs, type PairedRound } from './list-pairs.ts';
import { listPlayedRounds, type PlayedRound } from './played-rounds.ts';
import { countScores, isRefiningDue } from './refine-when.ts';
import { addPair, judge, noPairs } from './sequential-test.ts';
import { findArm, tallyArms } from './tally-arms.ts';

/** What one advance did. */
export interface GrowthStep {
  /** Children that were made, promoted, and retired (also those that ended undecided). */
  readonly added: readonly Child[];
  readonly promoted: readonly Child[];
  readonly retired: readonly Child[];
  /** What was asked for, and what came of it. */
  readonly refinements: readonly { readonly pattern: string; readonly id: string; readonly refinement: Refinement }[];
  /** Pairs that were completed. */
  readonly pairs: number;
}

/** A growing action space: refines expressions, tests the children against their parents, retires what is no better. */
export interface Growth {
  /** In the order in which they were made. */
  readonly children: readonly Child[];
  readonly arms: readonly Arm[];
  readonly counts: GrowthCounts;
  /** Calls so far, of both models: what a budget has to pay beside the rollouts. */
  readonly calls: number;
  /**
   * After each update: counts the rollout, asks pairs, ends tests, refines where it is time. Then environment and learner
   * have the grown space. Refinements that fail are counted, and the parent is used. Children that the learner has no room
   * for are dropped, and counted as `learner-full`. Rejects only with what must stop a run; then nothing has changed but
   * the learner, if pairs were learned from.
   */
  advance(input: GrowthInput, options?: { readonly signal?: AbortSignal }): Promise<GrowthStep>;
  save(): GrowthState;
  /**
   * Goes on from `save`, before the training does: gives environment and learner, made as they were at first, the grown
   * space. Throws `InvalidArgumentError` where they have grown already, and for another environment.
   */
  load(state: GrowthState): void;
}

/** A growth of the space of an environment. Throws `InvalidArgumentError` for options out of range. */
export function createGrowth(options: GrowthOptions): Growth {
  return new SpaceGrowth(options);
}

type Progress = Omit<GrowthState, 'version' | 'environment'>;

/** A child that passed the guards, before it belongs to space and learner. */
interface MadeChild {
  readonly child: Child;
  readonly expression: Expression;
}

/** What one advance is about. */
interface Turn {
  readonly space: PatternSpace;
  readonly rounds: readonly PlayedRound[];
  /** What no rewrite may hold. */
  readonly titles: readonly string[];
  /** That the growth may have made when it is over. */
  readonly mostCalls: number;
  readonly signal: AbortSignal | undefined;
}

class SpaceGrowth implements Growth {
  readonly #options: Required<GrowthOptions>;
  #progress: Progress = { children: [], arms: [], counts: noCounts, scores: [], refinedAt: 0 };

  constructor(options: GrowthOptions) {
    // Checks the options of the test.
    judge(noPairs, options.test);
    this.#options = resolveGrowthOptions(options);
  }

  get children(): readonly Child[] {
    return this.#progress.children;
  }

  get arms(): readonly Arm[] {
    return this.#progress.arms;
  }

  get counts(): GrowthCounts {
    return this.#progress.counts;
  }

  get calls(): number {
    return countCalls(this.#progress.counts);
  }

  async advance(
    { steps, callsLeft = Number.POSITIVE_INFINITY }: GrowthInput,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<GrowthStep> {
    const { environment, learner, learnFromPairs, protectedTexts } = this.#options;
    const rounds = listPlayedRounds(steps);
    const space = environment.space;
    const titles = [...protectedTexts, ...listTitles(rounds.map(({ info }) => info.judged.task))];
    const turn: Turn = { space, rounds, titles, mostCalls: this.calls + callsLeft, signal };
    const counted = this.#countRollout(turn);
    const asked = await this.#askPairs(counted, turn);
    const { progress: tested, promoted, retired, pairs } = this.#test(counted, asked);
    const { progress: refined, made, refinements } = await this.#refine(tested, turn);

    const pairRollout =
      learnFromPairs && steps.length === 2
        ? createPairRollout(steps[0]!, asked, { space, batchSize: environment.batchSize })
        : undefined;
    if (pairRollout !== undefined) await learner.update(pairRollout);
    // Nothing is waited for from here on, so that space, learner and progress change together.
    const { progress, added, grown } = this.#adopt(refined, made, space);
    environment.replaceSpace(retireChildren(grown, progress.children));
    this.#progress = progress;
    return { added, promoted, retired, refinements, pairs };
  }

  save(): GrowthState {
    return structuredClone({ version: 1, ...this.#progress, environment: this.#options.environment.save() });
  }

  load(state: GrowthState): void {
    const { environment } = this.#options;
    if (state?.version !== 1 || !Array.isArray(state.children)) {
      throw new InvalidArgumentError('state', 'what save of a growth gave', state);
    }
    const { version: _version, environment: saved, ...progress } = structuredClone(state);
    const first = state.children.find(({ pattern, id }) => hasExpression(environment.space, pattern, id));
    if (first !== undefined) {
      throw new InvalidArgumentError(
        'environment and learner',
        'as they were before any expression was refined',
        first.id,
        'Make them anew with the space that the training began with.',
      );
    }
    environment.load(saved);
    for (const child of progress.children) this.#widen(child, saved.space);
    this.#progress = progress;
  }

  #countRollout({ space, rounds }: Turn): Progress {
    const { counts, arms, scores, ...rest } = this.#progress;
    const own = rounds.flatMap(({ info }) => info.score ?? []);
    const mean = own.reduce((sum, score) => sum + score, 0) / own.length;
    const kept = countScores(this.#options.when);
    return {
      ...rest,
      arms: tallyArms(arms, space, rounds),
      scores: own.length === 0 || kept === 0 ? scores : [...scores, mean].slice(-kept),
      counts: {
        ...counts,
        updates: counts.updates + 1,
        rolloutCalls: counts.rolloutCalls + rounds.reduce((sum, { info }) => sum + info.asked.length, 0),
      },
    };
  }

  /** Calls that share and limit still allow. */
  #countAllowed({ counts }: Progress, { mostCalls }: Turn): number {
    const { share } = this.#options;
    return Math.min(Math.floor((share / (1 - share)) * counts.rolloutCalls), mostCalls) - countCalls(counts);
  }

  /** Asks for children where it is time. */
  async #refine(
    tested: Progress,
    turn: Turn,
  ): Promise<{ progress: Progress; made: readonly MadeChild[]; refinements: GrowthStep['refinements'] }> {
    const { refiner, patterns, liveChildren, refinementsPerExpression } = this.#options;
    let progress = tested;
    const made: MadeChild[] = [];
    const refinements: { pattern: string; id: string; refinement: Refinement }[] = [];
    if (!this.#isRefiningDue(tested)) return { progress, made, refinements };
    for (const name of new Set(patterns)) {
      const live = progress.children.filter(({ pattern, verdict }) => pattern === name && verdict === 'open');
      const pattern = turn.space.patterns.find((one) => one.name === name)!;
      const parent = live.length < liveChildren ? chooseParent(pattern, progress, refinementsPerExpression) : undefined;
      if (parent === undefined || this.#countAllowed(progress, turn) < refiner.maximumCalls) continue;
      const refinement = await this.#refineExpression(pattern, parent, progress, turn);
      refinements.push({ pattern: name, id: parent.id, refinement });
      progress = countRefinement(progress, { pattern: name, id: parent.id, refinement });
      progress = { ...progress, refinedAt: progress.counts.updates };
      if (refinement.kind !== 'refined') continue;
      const { expression, guards } = refinement;
      const child: Child = {
        pattern: name,
        id: expression.id,
        parent: parent.id,
        born: progress.counts.updates,
        model: refiner.id,
        guards,
        pairs: noPairs,
        verdict: 'open',
      };
      made.push({ child, expression });
    }
    return { progress, made, refinements };
  }

  #isRefiningDue({ counts, scores, refinedAt }: Progress): boolean {
    return isRefiningDue(this.#options.when, scores, counts.updates - refinedAt);
  }

  /** Gives space and learner the children, as many as the learner can take. */
  #adopt(
    refined: Progress,
    made: readonly MadeChild[],
    space: PatternSpace,
  ): { progress: Progress; added: readonly Child[]; grown: PatternSpace } {
    const added: Child[] = [];
    let grown = space;
    for (const { child, expression } of made) {
      const wider = addExpression(grown, child.pattern, expression);
      try {
        this.#widen(child, wider);
      } catch (error) {
        if (!(RppError.isInstance(error) && error.code === 'INVALID_ARGUMENT')) throw error;
        // Such as a critic that has as many weights as it may have: the parent goes on alone.
        break;
      }
      grown = wider;
      added.push(child);
    }
    const refused = made.length - added.length;
    const { counts } = refined;
    const reasons = { ...counts.reasons, 'learner-full': (counts.reasons['learner-full'] ?? 0) + refused };
    return {
      progress: {
        ...refined,
        children: [...refined.children, ...added],
        ...(refused === 0 ? {} : { counts: { ...counts, reasons } }),
      },
      added,
      grown,
    };
  }

  #refineExpression(
    pattern: Pattern,
    expression: Expression,
    { arms }: Progress,
    { space: { domain, patterns }, rounds, titles, signal }: Turn,
  ): Promise<Refinement> {
    const { refiner } = this.#options;
    const arm = findArm(arms, pattern.name, expression.id)!;
    const position = patterns.findIndex(({ name }) => name === pattern.name);
    const action = pattern.expressions.indexOf(expression);
    const own = rounds.filter(({ info }) => info.choice[position] === action);
    return refiner.refine({
      pattern,
      expression,
      domain,
      evidence: describeEvidence(arm, own, readLanguage(domain.language) ?? 'en'),
      protectedTexts: titles,
      sampleIndex: arm.refinements,
      ...(signal === undefined ? {} : { signal }),
    });
  }

  /** Asks the other one of parent and child in place of rounds that chose one of them, as far as the share allows. */
  async #askPairs(progress: Progress, turn: Turn): Promise<readonly PairedRound[]> {
    const { space, rounds, signal } = turn;
    const { environment, random, refiner, patterns } = this.#options;
    const open = progress.children.filter(({ verdict }) => verdict === 'open');
    const stream = random.split('pairs').split(progress.counts.updates);
    const queues = open.map((child) => {
      const eligible = listPairs(space, child, rounds);
      const order = samplePermutation(stream.split(child.pattern).split(child.id), eligible.length);
      return Array.from(order, (index) => eligible[index]!);
    });
    const chosen: Omit<PairedRound, 'answer'>[] = [];
    // Refining comes next, and takes far less.
    const reserved = this.#isRefiningDue(progress) ? refiner.maximumCalls * patterns.length : 0;
    let allowed = this.#countAllowed(progress, turn) - reserved;
    // In turn, so that no child takes all that is left.
    for (let place = 0; queues.some((queue) => place < queue.length); place++) {
      for (const queue of queues) {
        const next = queue[place];
        if (next === undefined || next.round.info.asked.length > allowed) continue;
        allowed -= next.round.info.asked.length;
        chosen.push(next);
      }
    }
    const requests = chosen.map(({ round: { info, previousWindow }, choice }) => ({
      info,
      choice,
      ...(previousWindow === undefined ? {} : { previousWindow }),
    }));
    const answers = await environment.askInstead(requests, signal === undefined ? {} : { signal });
    return chosen.map((pair, index) => ({ ...pair, answer: answers[index]! }));
  }

  #test(
    progress: Progress,
    asked: readonly PairedRound[],
  ): { progress: Progress; promoted: Child[]; retired: Child[]; pairs: number } {
    const { test } = this.#options;
    const { counts } = progress;
    const complete = asked.filter(({ answer }) => answer.score !== undefined);
    const promoted: Child[] = [];
    const retired: Child[] = [];
    const children = progress.children.map((child) => {
      const own = complete.filter((pair) => pair.child.pattern === child.pattern && pair.child.id === child.id);
      if (own.length === 0) return child;
      const pairs = own.reduce(
        (statistics, { difference, answer, round }) =>
          addPair(statistics, difference * (answer.score! - round.info.score!)),
        child.pairs,
      );
      const verdict = judge(pairs, test);
      if (verdict === 'open') return { ...child, pairs };
      const ended = { ...child, pairs, verdict, ended: counts.updates };
      (verdict === 'promoted' ? promoted : retired).push(ended);
      return ended;
    });
    return {
      progress: {
        ...progress,
        children,
        counts: {
          ...counts,
          pairCalls: counts.pairCalls + asked.reduce((sum, { answer }) => sum + answer.calls, 0),
          failedPairs: counts.failedPairs + asked.length - complete.length,
        },
      },
      promoted,
      retired,
      pairs: complete.length,
    };
  }

  #widen({ pattern, parent }: Child, space: PatternSpace): void {
    const { expressions } = space.patterns.find(({ name }) => name === pattern)!;
    this.#options.learner.widen({ agent: pattern, parent: expressions.findIndex(({ id }) => id === parent) });
  }
}

const countCalls = ({ refineCalls, pairCalls }: GrowthCounts): number => refineCalls + pairCalls;

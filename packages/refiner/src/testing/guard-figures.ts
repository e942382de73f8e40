import type { RejectionReason } from '../guards/guard.ts';
import { createGuards, type GuardOptions } from '../guards/guards.ts';
import { runGuards } from '../guards/run-guards.ts';
import { type CorpusRewrite, createCorpusRewrite, type GuardCorpus, type RejectedRewrite } from './guard-corpus.ts';

/** What the guards found in one case. */
export interface JudgedCase<Case extends CorpusRewrite = CorpusRewrite> {
  readonly case: Case;
  /** Reasons of the guards that reject it; none where it passes. What is not checked is no reason. */
  readonly reasons: readonly RejectionReason[];
  readonly details: readonly string[];
}

/** How well the guards judge a corpus; shares from 0 to 1. */
export interface GuardFigures {
  readonly paraphrases: readonly JudgedCase[];
  readonly rejected: readonly JudgedCase<RejectedRewrite>[];
  readonly negations: readonly JudgedCase<RejectedRewrite>[];
  /** Share of paraphrases that no guard rejects. */
  readonly paraphrasesPassed: number;
  /** Share of rejected rewrites whose reason is among those given. */
  readonly rejectedForReason: number;
  /** Share of rejected rewrites that any guard rejects. */
  readonly rejectedAtAll: number;
  /** Share of negations whose reason is among those given. */
  readonly negationsForReason: number;
  /** Share of negations that any guard rejects. */
  readonly negationsRejected: number;
}

/** Judges every case with the guards that `createGuards` makes of the options, under its own length limit where it has one. */
export async function computeGuardFigures(corpus: GuardCorpus, options: GuardOptions = {}): Promise<GuardFigures> {
  const judge = async <Case extends CorpusRewrite>(cases: readonly Case[]): Promise<readonly JudgedCase<Case>[]> => {
    const judged: JudgedCase<Case>[] = [];
    for (const each of cases) {
      const { maximumLength } = each;
      const guards = createGuards({ ...options, ...(maximumLength === undefined ? {} : { maximumLength }) });
      const reports = await runGuards(guards, createCorpusRewrite(each));
      const rejections = reports.filter((report) => report.status === 'rejected');
      judged.push({
        case: each,
        reasons: rejections.map(({ reason }) => reason),
        details: rejections.map(({ guard, detail }) => `${guard}: ${detail}`),
      });
    }
    return judged;
  };
  const paraphrases = await judge(corpus.paraphrases);
  const rejected = await judge(corpus.rejected);
  const negations = await judge(corpus.negations);
  const isForReason = ({ case: { reason }, reasons }: JudgedCase<RejectedRewrite>): boolean => reasons.includes(reason);
  const isRejected = ({ reasons }: JudgedCase): boolean => reasons.length > 0;
  return {
    paraphrases,
    rejected,
    negations,
    paraphrasesPassed: computeShare(paraphrases, (judged) => !isRejected(judged)),
    rejectedForReason: computeShare(rejected, isForReason),
    rejectedAtAll: computeShare(rejected, isRejected),
    negationsForReason: computeShare(negations, isForReason),
    negationsRejected: computeShare(negations, isRejected),
  };
}

function computeShare<Value>(values: readonly Value[], holds: (value: Value) => boolean): number {
  return values.length === 0 ? 0 : values.filter(holds).length / values.length;
}

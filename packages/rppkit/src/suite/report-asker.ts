import { askRankings, computeRankingsScore, type GivenAnswer } from '@rppkit/env';
import {
  encodeJointAction,
  type JointAction,
  legalizeJointAction,
  type PatternSpace,
  serializePatternSpace,
} from '@rppkit/patterns';
import type { JudgedTask, RankingTask, TextModel } from '@rppkit/spec';
import { cutoffs } from '../experiment/system-values.ts';
import type { RowOutcome } from './suite-outcome.ts';

/** What is asked of the report users. */
export interface ReportPrompts {
  readonly space: PatternSpace;
  /** A joint action of `space` for each report task; where it is not legal, the nearest legal one is asked. */
  readonly choices: readonly JointAction[];
  /** Candidate orders that each prompt is asked in, from the task's own on, answers aggregated by Borda; default 1. */
  readonly orders?: number;
  /** The task as the prompt needs it, with the same candidates; default itself. */
  readonly prepareTask?: (task: RankingTask) => RankingTask;
}

/** Asks all report users and judges the answers; everything of a row but what it cost to find its prompts. */
export type AskReport = (prompts: ReportPrompts) => Promise<Omit<RowOutcome, 'searchCalls'>>;

export interface ReportAskerOptions {
  readonly tasks: readonly JudgedTask[];
  readonly model: TextModel;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Which draw of the answers: seeds of a suite see different ones. */
  readonly sampleIndex: number;
}

/** What is remembered of an answer; undefined of a call that failed. */
type KeptAnswer = Readonly<{ ranking: Int32Array; tokens: number; invalid: boolean }> | undefined;

/** Asks each prompt once a user, however many rows choose it. */
export function createReportAsker({ tasks, model, concurrency, signal, sampleIndex }: ReportAskerOptions): AskReport {
  /** By the content of the space: that of a policy file is another object. */
  const known = new Map<string, readonly Map<string, KeptAnswer>[]>();
  return async ({ space, choices, orders = 1, prepareTask = (task) => task }) => {
    const name = JSON.stringify(serializePatternSpace(space));
    const answers = known.get(name) ?? tasks.map(() => new Map<string, KeptAnswer>());
    known.set(name, answers);
    const legal = choices.map((choice, user) => legalizeJointAction(space, choice, tasks[user]!.task));
    const keys = legal.map((choice) =>
      Array.from({ length: orders }, (_, order) => `${encodeJointAction(space, choice)} ${order}`),
    );
    const fresh = tasks.flatMap((_, user) =>
      keys[user]!.flatMap((key, orderIndex) => (answers[user]!.has(key) ? [] : [{ user, key, orderIndex }])),
    );
    await askRankings(
      fresh.map(({ user, orderIndex }) => ({
        task: prepareTask(tasks[user]!.task),
        choice: legal[user]!,
        orderIndex,
        sampleIndex,
      })),
      {
        space,
        model,
        concurrency,
        signal,
        onAnswer(answer, index) {
          const { user, key } = fresh[index]!;
          answers[user]!.set(key, answer.outcome === 'failed' ? undefined : keepAnswer(answer));
        },
      },
    );
    return judge(
      tasks,
      tasks.map((_, user) => keys[user]!.map((key) => answers[user]!.get(key))),
    );
  };
}

function keepAnswer({ ranking, usage, parsed }: GivenAnswer): KeptAnswer {
  return { ranking, tokens: usage.inputTokens + usage.outputTokens, invalid: parsed.kind === 'invalid' };
}

function judge(
  tasks: readonly JudgedTask[],
  answers: readonly (readonly KeptAnswer[])[],
): Omit<RowOutcome, 'searchCalls'> {
  const whole = answers.map((own) => {
    const given = own.filter((answer) => answer !== undefined);
    return given.length === own.length ? given : undefined;
  });
  const score = (k: number): (number | null)[] =>
    tasks.map((judged, user) => {
      const rankings = whole[user]?.map(({ ranking }) => ranking);
      return rankings === undefined ? null : computeRankingsScore(judged, rankings, { k });
    });
  const [at1, at5, at10] = cutoffs.map(score);
  const counted = whole.flatMap((own) => own ?? []);
  const rankings = whole.filter((own) => own !== undefined).length;
  return {
    ndcg: { 1: at1!, 5: at5!, 10: at10! },
    callsPerRanking: answers[0]!.length,
    tokensPerRanking: counted.reduce((sum, { tokens }) => sum + tokens, 0) / Math.max(1, rankings),
    invalidShare: counted.filter(({ invalid }) => invalid).length / Math.max(1, counted.length),
  };
}

/** Several outcomes of one row as their mean for each user; null for a user whom one of them lost. */
export function averageOutcomes(outcomes: readonly RowOutcome[]): RowOutcome {
  const [first] = outcomes;
  const average = (k: `${(typeof cutoffs)[number]}`): (number | null)[] =>
    first!.ndcg[k].map((_, user) => {
      const values = outcomes.map(({ ndcg }) => ndcg[k][user] ?? null);
      const given = values.filter((value) => value !== null);
      return given.length < values.length ? null : given.reduce((sum, value) => sum + value, 0) / values.length;
    });
  const mean = (read: (outcome: RowOutcome) => number | null): number =>
    outcomes.reduce((sum, outcome) => sum + read(outcome)!, 0) / outcomes.length;
  return {
    ...first!,
    ndcg: { 1: average('1'), 5: average('5'), 10: average('10') },
    tokensPerRanking: mean(({ tokensPerRanking }) => tokensPerRanking),
    invalidShare: mean(({ invalidShare }) => invalidShare),
  };
}

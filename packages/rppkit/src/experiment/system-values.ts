import { computeGains } from '@rppkit/env';
import { ndcg, rankByScores } from '@rppkit/metrics';
import type { PromptEvaluation } from '@rppkit/search';
import { type JudgedTask, RppError, type Scorer } from '@rppkit/spec';
import type { RowId } from './results.ts';

export const cutoffs = [1, 5, 10] as const;

/** Per-user NDCG of one system at each cut-off, `Float64Array [report tasks]`; NaN for users it has no answer for. */
type UserValues = ReadonlyMap<number, Float64Array>;

/** One system of the evaluation. */
export interface SystemValues {
  readonly id: RowId;
  readonly label: string;
  readonly values: UserValues;
  readonly searchCalls: number | null;
  readonly tokensPerRanking: number | null;
  readonly invalidShare: number | null;
}

/** A system that scores the candidates without a model. */
export function scoreSystem(id: RowId, label: string, scorer: Scorer, report: readonly JudgedTask[]): SystemValues {
  const values = new Map(cutoffs.map((k) => [k as number, new Float64Array(report.length)]));
  report.forEach((judged, index) => {
    const ranking = rankByScores(scorer.score(judged.task));
    const gains = computeGains(judged);
    for (const k of cutoffs) values.get(k)![index] = ndcg(ranking, gains, k);
  });
  return { id, label, values, searchCalls: null, tokensPerRanking: null, invalidShare: null };
}

/** A system that prompts. Several evaluations of it count as their mean for each user. */
export function promptSystem(
  id: RowId,
  label: string,
  evaluations: readonly PromptEvaluation[],
  searchCalls: number,
): SystemValues {
  const values = new Map(
    cutoffs.map((k) => [
      k as number,
      evaluations[0]!.ndcg
        .get(k)!
        .map((_, user) => evaluations.reduce((sum, { ndcg: one }) => sum + one.get(k)![user]!, 0) / evaluations.length),
    ]),
  );
  const answers = evaluations.reduce((sum, { answered }) => sum + answered.reduce((count, one) => count + one, 0), 0);
  const tokens = evaluations.reduce((sum, evaluation) => sum + evaluation.tokens, 0);
  const invalid = evaluations.reduce((sum, evaluation) => sum + evaluation.invalid, 0);
  return { id, label, values, searchCalls, tokensPerRanking: tokens / answers, invalidShare: invalid / answers };
}

/** Indices of the users that every system answered. Throws `RppError` (`USERS_LOST`) where too few are. */
export function keepCommonUsers(systems: readonly SystemValues[], users: number, allowedLoss: number): Int32Array {
  const kept: number[] = [];
  for (let user = 0; user < users; user++) {
    if (systems.every(({ values }) => !Number.isNaN(values.get(10)![user]!))) kept.push(user);
  }
  const lost = users - kept.length;
  if (lost > allowedLoss * users || kept.length < 2) {
    throw new RppError(
      'USERS_LOST',
      `Expected failed calls for at most ${100 * allowedLoss} % of ${users} report users, and two users left, received ${lost} lost. Run evaluate to ask again for what is missing, or raise --allowed-loss.`,
    );
  }
  return Int32Array.from(kept);
}

/** The content of `evaluation.csv`: a row for each system and user, empty cells where there is no answer. */
export function renderUserValues(systems: readonly SystemValues[], report: readonly JudgedTask[]): string {
  const quote = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = ['user,system,ndcg@1,ndcg@5,ndcg@10'];
  for (const { id, values } of systems) {
    report.forEach(({ task }, user) => {
      const cells = cutoffs
        .map((k) => values.get(k)![user]!)
        .map((value) => (Number.isNaN(value) ? '' : String(value)));
      lines.push([quote(task.user), id, ...cells].join(','));
    });
  }
  return `${lines.join('\n')}\n`;
}

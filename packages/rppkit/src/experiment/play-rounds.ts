import {
  type AnsweredRound,
  askRankings,
  computeRankingsScore,
  type GivenAnswer,
  type RankingAnswer,
} from '@rppkit/env';
import type { JointAction, PatternSpace } from '@rppkit/patterns';
import type { PromptEvaluation } from '@rppkit/search';
import type { JudgedTask, TextModel, TextModelFailure } from '@rppkit/spec';
import { cutoffs } from './system-values.ts';

/** Episodes of the report tasks. */
export interface PlayedRounds extends PromptEvaluation {
  /** Of each task its rounds that were answered, oldest first. */
  readonly played: readonly (readonly AnsweredRound[])[];
}

export interface PlayRoundsOptions {
  readonly report: readonly JudgedTask[];
  readonly model: TextModel;
  /** Calls under way at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly space: PatternSpace;
  readonly rounds: number;
  /** The prompt of the coming round, legal for the task; undefined where there is none. */
  readonly choose: (
    task: number,
    earlier: readonly AnsweredRound[],
  ) => JointAction | undefined | Promise<JointAction | undefined>;
  /** The first round of each task, where it has been played; its answers may have failed. */
  readonly first?: readonly { readonly choice: JointAction; readonly answer: RankingAnswer }[];
  /** What is judged: the answer of the last round (default), or one ranking from the answers of all rounds, by Borda count. */
  readonly judge?: 'last' | 'aggregate';
  /** Told of every answer and failed call as it comes. */
  readonly onAnswer: (answer: RankingAnswer, task: number) => void;
}

/**
 * Plays the report tasks round by round in their own candidate order: a round begins when the one before is answered for
 * everybody. A task whose call fails, or that there is no prompt for, is lost. Tokens are those of all rounds, and so are invalid
 * answers, each worth one part in `rounds`.
 */
export async function playRounds({
  report,
  model,
  concurrency,
  signal,
  space,
  rounds,
  choose,
  first,
  judge = 'last',
  onAnswer,
}: PlayRoundsOptions): Promise<PlayedRounds> {
  const played: AnsweredRound[][] = report.map(() => []);
  const failures = new Map<TextModelFailure, number>();
  let modelCalls = 0;
  let tokens = 0;
  const add = (task: number, choice: JointAction, answer: RankingAnswer): void => {
    if (answer.outcome === 'failed') {
      failures.set(answer.failure, (failures.get(answer.failure) ?? 0) + 1);
      return;
    }
    played[task]!.push({ choice, answers: [answer] });
    if (!answer.cached) modelCalls++;
    tokens += answer.usage.inputTokens + answer.usage.outputTokens;
  };
  for (const [task, { choice, answer }] of first?.entries() ?? []) add(task, choice, answer);
  for (let round = first === undefined ? 0 : 1; round < rounds; round++) {
    const requests: { task: number; choice: JointAction; previousWindow?: number }[] = [];
    for (const [task, earlier] of played.entries()) {
      if (earlier.length < round) continue;
      const choice = await choose(task, earlier);
      if (choice !== undefined) requests.push({ task, choice, ...getWindow(earlier) });
    }
    await askRankings(
      requests.map(({ task, ...request }) => ({
        ...request,
        task: report[task]!.task,
        orderIndex: 0,
        // The same prompt may come again in a later round, as another draw.
        sampleIndex: round,
      })),
      {
        model,
        space,
        concurrency,
        signal,
        onAnswer(answer, index) {
          const { task, choice } = requests[index]!;
          onAnswer(answer, task);
          add(task, choice, answer);
        },
      },
    );
  }
  const isWhole = (task: number): boolean => played[task]!.length === rounds;
  const ndcg = new Map(
    cutoffs.map((k) => [
      k as number,
      Float64Array.from(report, (judged, task) => {
        if (!isWhole(task)) return Number.NaN;
        const rankings = listAnswers(played[task]!).map(({ ranking }) => ranking);
        return computeRankingsScore(judged, judge === 'last' ? rankings.slice(-1) : rankings, { k });
      }),
    ]),
  );
  const whole = played.filter((_, task) => isWhole(task)).flatMap(listAnswers);
  return {
    ndcg,
    answered: Uint8Array.from(report, (_, task) => (isWhole(task) ? 1 : 0)),
    invalid: whole.filter(({ parsed }) => parsed.kind === 'invalid').length / rounds,
    failures,
    modelCalls,
    tokens,
    played,
  };
}

/** The window of the round before, which histories grow from; nothing before the first round. */
export function getWindow(earlier: readonly AnsweredRound[]): { readonly previousWindow?: number } {
  const before = earlier.at(-1);
  return before === undefined ? {} : { previousWindow: before.answers[0]!.prompt.window };
}

function listAnswers(rounds: readonly AnsweredRound[]): readonly GivenAnswer[] {
  return rounds.flatMap(({ answers }) => answers);
}

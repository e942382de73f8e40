import { computeRankingsScore } from '@rppkit/env';
import { encodeJointAction, legalizeJointAction } from '@rppkit/patterns';
import type { AnswerSource, PromptTrial } from '../answers/answer-source.ts';
import { createScriptedWorld } from '../scripted-world.fixture.ts';

export interface DeterministicSource {
  readonly source: AnswerSource;
  /** All trials that were asked. */
  readonly trials: PromptTrial[];
}

/**
 * A source over the tasks and the space of the scripted world, whose answers a function gives: the ranking of a trial, or
 * undefined for a failed call. The relevant item is candidate 0 of every task. A call takes as many tokens as its prompt's
 * number, plus one.
 */
export function createDeterministicSource(
  rank: (trial: Required<PromptTrial>, prompt: number) => readonly number[] | undefined,
  { users = 2, ...rest }: { readonly users?: number } & Partial<AnswerSource> = {},
): DeterministicSource {
  const { space, tasks: plain } = createScriptedWorld({ users, interaction: false });
  const tasks = plain.map(({ task }) => ({ task, relevance: new Map([[task.candidates[0]!.id, 1]]) }));
  const trials: PromptTrial[] = [];
  const judge: AnswerSource['judge'] = (task, rankings) => computeRankingsScore(tasks[task]!, rankings);
  const source: AnswerSource = {
    tasks,
    space,
    candidateOrders: 1,
    judge,
    async ask(some) {
      trials.push(...some);
      const numbers = some.map(({ task, choice }) =>
        encodeJointAction(space, legalizeJointAction(space, choice, tasks[task]!.task)),
      );
      const rankings = some.map((trial, index) => {
        const ranking = rank({ orderIndex: 0, sampleIndex: 0, ...trial }, numbers[index]!);
        return ranking === undefined ? undefined : Int32Array.from(ranking);
      });
      return {
        rankings,
        rewards: Float64Array.from(rankings, (ranking, index) =>
          ranking === undefined ? Number.NaN : judge(some[index]!.task, [ranking]),
        ),
        tokens: Float64Array.from(rankings, (ranking, index) => (ranking === undefined ? 0 : numbers[index]! + 1)),
      };
    },
    ...rest,
  };
  return { source, trials };
}

import { computeRankingsScore } from '@rppkit/env';
import type { JointAction } from '@rppkit/patterns';
import type { AnswerSource, PromptTrial } from '../answers/answer-source.ts';
import { createScriptedWorld, type ScriptedWorld } from '../scripted-world.fixture.ts';

/** Rewards of the places 0 to 3: 1 / log2(place + 2). */
export const rewardOf = [1, 0.6309297535714575, 0.5, 0.43067655807339306] as const;

/** A source over the tasks of the scripted world whose answers put the relevant item in a given place; undefined: failed. */
export function createListedSource(
  users: number,
  place: (trial: Required<PromptTrial> & { readonly kind: 'even' | 'odd' }) => number | undefined,
): { readonly source: AnswerSource; readonly world: ScriptedWorld; readonly asked: PromptTrial[] } {
  const world = createScriptedWorld({ users, interaction: true });
  const { tasks, space } = world;
  const asked: PromptTrial[] = [];
  const source: AnswerSource = {
    tasks,
    space,
    candidateOrders: 4,
    judge: (task, rankings) => computeRankingsScore(tasks[task]!, rankings),
    async ask(trials) {
      asked.push(...trials);
      const rankings = trials.map(({ task, choice, orderIndex = 0, sampleIndex = 0 }) => {
        const kind = task % 2 === 0 ? 'even' : 'odd';
        const at = place({ task, choice, orderIndex, sampleIndex, kind });
        if (at === undefined) return undefined;
        const relevant = Number([...tasks[task]!.relevance.keys()][0]);
        const others = [0, 1, 2, 3].filter((item) => item !== relevant);
        return Int32Array.from([...others.slice(0, at), relevant, ...others.slice(at)]);
      });
      return {
        rankings,
        rewards: Float64Array.from(rankings, (ranking, trial) =>
          ranking === undefined ? Number.NaN : source.judge(trials[trial]!.task, [ranking]),
        ),
        tokens: new Float64Array(trials.length),
      };
    },
  };
  return { source, world, asked };
}

/**
 * `poor` puts the relevant item last, `good` first in orders 0 and 2 and second in the others, and `even` and `odd` first for users
 * of their kind and last for the others. Windows do not matter.
 */
export function placePersonally({
  choice,
  orderIndex,
  kind,
}: {
  readonly choice: JointAction;
  readonly orderIndex: number;
  readonly kind: 'even' | 'odd';
}): number {
  const reasoning = choice[1]!;
  if (reasoning === 0) return 3;
  if (reasoning === 1) return orderIndex % 2;
  return (reasoning === 2) === (kind === 'even') ? 0 : 3;
}

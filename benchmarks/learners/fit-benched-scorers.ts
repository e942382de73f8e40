import { fitControlScorers } from '@rppkit/recommenders';
import type { World } from '@rppkit/simulator';
import type { JudgedTask, RankingTask, Scorer } from '@rppkit/spec';

/**
 * The scorers of the central state, from the histories of the training tasks and all of `users`, who are not reported.
 * Users of the tasks may be among them.
 */
export async function fitBenchedScorers(
  { dataset }: World,
  { tasks, users }: { readonly tasks: readonly JudgedTask[]; readonly users: Int32Array },
): Promise<readonly Scorer[]> {
  const scorers = await fitControlScorers(dataset, { tasks: tasks.map(({ task }) => task), users });
  return scorers.map(rememberScores);
}

/** Many environments ask for the same tasks. */
function rememberScores(scorer: Scorer): Scorer {
  const known = new WeakMap<RankingTask, Float32Array>();
  return {
    name: scorer.name,
    score(task) {
      const scores = known.get(task) ?? scorer.score(task);
      known.set(task, scores);
      return scores;
    },
  };
}

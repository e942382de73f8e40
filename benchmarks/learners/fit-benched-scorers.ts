import { fitControlScorers } from '@rppkit/recommenders';
import type { World } from '@rppkit/simulator';
import type { JudgedTask, RankingTask, Scorer } from '@rppkit/spec';

/** The scorers of the central state. `tasks` are all that are asked about: of their users only histories are learned. */
export async function fitBenchedScorers({ dataset }: World, tasks: readonly JudgedTask[]): Promise<readonly Scorer[]> {
  const scorers = await fitControlScorers(dataset, { tasks: tasks.map(({ task }) => task) });
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

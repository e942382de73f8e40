import {
  createRecommendationEnvironment,
  fitHistoryStatistics,
  fromFunction,
  type RankingStepInfo,
  type RecommendationEnvironment,
  type RecommendationEnvironmentOptions,
} from '@rppkit/env';
import { createPatternSpace, defaultPatterns, movies, type PatternSpace } from '@rppkit/patterns';
import {
  createRandomStream,
  type JudgedTask,
  type RandomStream,
  sampleIndex,
  type TextModel,
  type VectorStep,
} from '@rppkit/spec';
import type { Refinement, RefineRequest, Refiner } from '../rewriting/refinement.ts';

const items = (task: number, kind: string, count: number) =>
  Array.from({ length: count }, (_, place) => ({
    id: `${kind}${task}-${place}`,
    title: `${kind} ${task}x${place} (1999)`,
  }));

export const tasks: readonly JudgedTask[] = Array.from({ length: 60 }, (_, index) => {
  const candidates = items(index, 'Candidate', 10);
  const history = items(index, 'Seen', 6).map((item) => ({ item }));
  return {
    task: { id: `task-${index}`, user: `user-${index}`, history, candidates },
    relevance: new Map([[candidates[index % 10]!.id, 1]]),
  };
});

export const space: PatternSpace = createPatternSpace({ domain: movies, patterns: defaultPatterns });

/** Puts the relevant candidate first in a share of the answers that the words of the prompt decide, else last. */
export function createMarkedModel(shares: {
  readonly GOOD: number;
  readonly BAD: number;
  readonly other: number;
}): TextModel {
  return fromFunction({
    id: 'marked',
    answer({ messages, sampleIndex: sample }) {
      const text = messages.map((message) => message.text).join('\n');
      const { task, relevance } = tasks.find((judged) => text.includes(judged.task.candidates[0]!.title))!;
      const share = text.includes('GOOD') ? shares.GOOD : text.includes('BAD') ? shares.BAD : shares.other;
      const first = createRandomStream('model').split(text).split(sample).uniform() < share;
      const order = task.candidates.toSorted(
        (left, right) => (Number(relevance.has(left.id)) - Number(relevance.has(right.id))) * (first ? -1 : 1),
      );
      return order.map(({ title }, place) => `${place + 1}. ${title}`).join('\n');
    },
  });
}

export function createEnvironment(
  model: TextModel,
  options: Partial<RecommendationEnvironmentOptions> = {},
): RecommendationEnvironment {
  const encoder = fitHistoryStatistics(tasks.map(({ task }) => task));
  return createRecommendationEnvironment({ tasks, space, model, encoders: [encoder], batchSize: 20, ...options });
}

/** Answers in turn, then with the last answer for ever; keeps the requests. A text is accepted as the child's template. */
export function createScriptedRefiner(
  answers: readonly (string | Refinement)[],
): Refiner & { readonly requests: readonly RefineRequest[] } {
  const requests: RefineRequest[] = [];
  return {
    id: 'scripted',
    maximumCalls: 1,
    requests,
    async refine(request) {
      const answer = answers[Math.min(requests.length, answers.length - 1)]!;
      requests.push(request);
      if (typeof answer !== 'string') return answer;
      const { pattern, expression } = request;
      const number = pattern.expressions.filter(({ parent }) => parent === expression.id).length + 1;
      const child = { ...expression, id: `${expression.id}~${number}`, parent: expression.id, template: answer };
      return { kind: 'refined', expression: child, guards: [], attempts: [], calls: 1 };
    },
  };
}

/** One rollout of random legal actions; `favour` gives actions weights. */
export async function playRollout(
  environment: RecommendationEnvironment,
  random: RandomStream,
  favour: (agent: string, action: number) => number = () => 1,
): Promise<readonly VectorStep<RankingStepInfo>[]> {
  const steps = [await environment.reset({ seed: random.split('tasks').bits() })];
  const stream = random.split('actions');
  while (steps.at(-1)!.active.includes(1)) {
    const masks = steps.at(-1)!.actionMasks!;
    const actions = environment.agents.map((agent) => {
      const count = environment.actionCounts[agent]!;
      const choose = (row: number): number =>
        sampleIndex(
          stream,
          Array.from({ length: count }, (_, action) => masks[agent]![row * count + action]! * favour(agent, action)),
        );
      return [agent, Int32Array.from({ length: environment.batchSize }, (_, row) => choose(row))] as const;
    });
    steps.push(await environment.step(Object.fromEntries(actions)));
    const last = steps.at(-1)!;
    if (last.terminated.every((end, row) => end === 1 || last.truncated[row] === 1)) break;
  }
  return steps;
}

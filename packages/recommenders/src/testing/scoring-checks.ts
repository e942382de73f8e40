import { type Item, RppError } from '@rppkit/spec';
import { expect } from 'vitest';
import { createExampleTasks, createTask, takeUser, unknownItem } from './example-tasks.ts';
import { expectFinite } from './expect-finite.ts';
import { fitSubject, type RecommenderCheck } from './recommender-subject.ts';

/** Scores and recommendations. */
export const scoringChecks: readonly RecommenderCheck[] = [
  {
    name: 'scores every candidate with a finite number, whatever their order',
    async run(subject) {
      const fitted = await fitSubject(subject);
      for (const task of createExampleTasks(subject.interactions)) {
        const scores = fitted.score(task);
        expect(scores, `scores of task ${task.id}`).toBeInstanceOf(Float32Array);
        expect(scores.length, `scores of task ${task.id}`).toBe(task.candidates.length);
        expectFinite(scores, `task ${task.id}`);
        const reversed = fitted.score({ ...task, candidates: task.candidates.toReversed() });
        expect(reversed.toReversed(), `task ${task.id} with its candidates reversed`).toEqual(scores);
        expect(fitted.score(task), `task ${task.id} scored twice`).toEqual(scores);
      }
    },
  },
  {
    name: 'scores a task as it scores all items',
    async run(subject) {
      const fitted = await fitSubject(subject);
      for (const task of createExampleTasks(subject.interactions)) {
        const all = fitted.scoreItems(task);
        expect(all.length, 'scores of all items').toBe(fitted.items.length);
        expectFinite(all, `all items for task ${task.id}`);
        const scores = fitted.score(task);
        for (const [place, { id }] of task.candidates.entries()) {
          const index = fitted.items.indexOf(id);
          if (index >= 0) expect(scores[place], `${id} in task ${task.id}`).toBeCloseTo(all[index]!, 4);
        }
      }
    },
  },
  {
    name: 'serves people and items that it never saw',
    async run(subject) {
      const { interactions, personal } = subject;
      const fitted = await fitSubject(subject);
      const [first, second] = [takeUser(interactions, 0), takeUser(interactions, interactions.users.length - 1)];
      const candidates = [...interactions.items.slice(0, 3), unknownItem];
      for (const history of [[], [unknownItem], [first[0]!], first]) {
        const task = createTask('someone new', history, candidates);
        expectFinite(fitted.score(task), `a new user with ${history.length} items`);
        expectFinite(fitted.scoreItems(task), `a new user with ${history.length} items`);
      }
      const nobodyKnown = createTask('someone new', first, [unknownItem]);
      expectFinite(fitted.score(nobodyKnown), 'unknown candidates only');
      if (!personal) return;
      const scoresOf = (history: readonly Item[]): Float32Array =>
        fitted.scoreItems(createTask('someone new', history, []));
      expect(scoresOf(first), 'scores of two histories without a common item').not.toEqual(scoresOf(second));
    },
  },
  {
    name: 'recommends the best items that are not in the history',
    async run(subject) {
      const { interactions } = subject;
      const fitted = await fitSubject(subject);
      const items = takeUser(interactions, 0);
      const request = { user: interactions.users[0]!, history: items.map((item) => ({ item })) };
      const own = new Set(items.map(({ id }) => id));
      const scores = fitted.scoreItems(request);
      const every = fitted.recommend({ ...request, count: 10_000 });
      const wanted = fitted.items.filter((id) => !own.has(id)).toSorted();
      expect(every.map(({ id }) => id).toSorted(), 'all recommendations: the items outside the history').toEqual(
        wanted,
      );
      const best = fitted.recommend({ ...request, count: 5 });
      expect(best.length, 'recommendations').toBe(Math.min(5, fitted.items.length - own.size));
      const others = fitted.items.flatMap((id, index) => (own.has(id) ? [] : [scores[index]!])).sort((a, b) => b - a);
      expect(
        best.map(({ score }) => score),
        'scores of recommendations',
      ).toEqual(others.slice(0, best.length));
      const without = fitted.recommend({ ...request, count: 5, exclude: [best[0]!.id] });
      expect(without.map(({ id }) => id).slice(0, 4), 'with the best item excluded').toEqual(
        best.slice(1).map(({ id }) => id),
      );
      const all = fitted.recommend({ ...request, count: 10_000, repeats: true });
      expect(new Set(all.map(({ id }) => id)).size, 'all items, where repeats are allowed').toBe(fitted.items.length);
      expect(() => fitted.recommend({ ...request, count: 0 }), 'a count of 0').toThrow(RppError);
    },
  },
  {
    name: 'refuses a task whose target it may have learned from',
    async run(subject) {
      const { interactions } = subject;
      const fitted = await fitSubject(subject);
      const own = takeUser(interactions, 0);
      const task = createTask(interactions.users[0]!, own.slice(0, -1), [own.at(-1)!, interactions.items[0]!]);
      expect(() => fitted.score(task), 'a candidate that was learned from and is not in the history').toThrow(RppError);
    },
  },
];

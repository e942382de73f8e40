import { expect } from 'vitest';
import type { RecommenderState } from '../fitted/recommender-state.ts';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import type { FittedRecommender } from '../recommender.ts';
import { createExampleTasks, createTask, takeUser } from './example-tasks.ts';
import { expectFinite } from './expect-finite.ts';
import { fitSubject, type RecommenderCheck, type RecommenderSubject } from './recommender-subject.ts';

/** What plain objects have by themselves, and the empty text. */
const oddIds = ['__proto__', 'constructor', '', 'toString'];

/** Saving, loading, vectors, and the ids by which all of them are found. */
export const savingChecks: readonly RecommenderCheck[] = [
  {
    name: 'survives save, JSON and load with the same scores and vectors',
    async run(subject) {
      const fitted = await fitSubject(subject);
      expectSame(saveAndLoad(subject, fitted), fitted, subject.interactions);
    },
  },
  {
    name: 'has finite vectors for what it knows, where it has any',
    async run(subject) {
      const { userEmbeddings, itemEmbeddings, users, items } = await fitSubject(subject);
      for (const [table, ids] of [
        [userEmbeddings, users],
        [itemEmbeddings, items],
      ] as const) {
        if (table === undefined) continue;
        for (const id of ids) {
          const vector = table.get(id);
          expect(vector?.length, `length of the vector of ${id}`).toBe(table.dimensions);
          expectFinite(vector!, `the vector of ${id}`);
        }
        expect(table.get('never seen'), 'the vector of an id it does not know').toBeUndefined();
      }
    },
  },
  {
    name: 'takes any text as an id',
    async run(subject) {
      const interactions = giveOddIds(subject.interactions);
      const fitted = await fitSubject({ ...subject, interactions });
      expect([fitted.users, fitted.items], 'ids').toEqual([interactions.users, interactions.items.map(({ id }) => id)]);
      for (const user of oddIds.keys()) {
        const own = takeUser(interactions, user);
        // The names that nobody has stand for strangers.
        const strangers = ['hasOwnProperty', 'valueOf'].map((id) => ({ id, title: id }));
        const known = [...new Set([...own, ...interactions.items.slice(0, oddIds.length)])];
        for (const history of [own, [...own, strangers[0]!]]) {
          const task = createTask(oddIds[user]!, history, [...known, ...strangers]);
          const scores = fitted.score(task);
          const all = fitted.scoreItems(task);
          expectFinite(scores, `${task.id}, with odd ids`);
          for (const [place, item] of known.entries()) {
            const score = all[interactions.items.indexOf(item)]!;
            expect(scores[place], `${item.id} in ${task.id}`).toBeCloseTo(score, 4);
          }
        }
        const recommended = fitted.recommend({ user: oddIds[user]!, history: [], count: interactions.items.length });
        expect(new Set(recommended.map(({ id }) => id)), 'ids of recommendations').toEqual(new Set(fitted.items));
      }
      for (const table of [fitted.userEmbeddings, fitted.itemEmbeddings]) {
        if (table === undefined) continue;
        for (const id of oddIds)
          expect(table.get(id)?.length, `length of the vector of "${id}"`).toBe(table.dimensions);
        expect(table.get('valueOf'), 'the vector of an id it does not know').toBeUndefined();
      }
      expectSame(saveAndLoad(subject, fitted), fitted, interactions);
    },
  },
];

function saveAndLoad({ load }: RecommenderSubject, fitted: FittedRecommender): FittedRecommender {
  const state = fitted.save();
  const json = JSON.parse(JSON.stringify(state)) as RecommenderState;
  expect(json, 'what save() returns is plain JSON').toEqual(state);
  return load(json);
}

function expectSame(loaded: FittedRecommender, fitted: FittedRecommender, interactions: TrainingInteractions): void {
  expect(loaded.save(), 'save() of what was loaded').toEqual(fitted.save());
  for (const task of createExampleTasks(interactions)) {
    expect(loaded.score(task), `${task.id} after load`).toEqual(fitted.score(task));
    expect(loaded.scoreItems(task), `${task.id} after load`).toEqual(fitted.scoreItems(task));
  }
  for (const id of fitted.users) {
    expect(loaded.userEmbeddings?.get(id), `the vector of user "${id}" after load`).toEqual(
      fitted.userEmbeddings?.get(id),
    );
  }
  for (const id of fitted.items) {
    expect(loaded.itemEmbeddings?.get(id), `the vector of item "${id}" after load`).toEqual(
      fitted.itemEmbeddings?.get(id),
    );
  }
}

/** The same interactions, with the first users and items called by `oddIds`. */
function giveOddIds(interactions: TrainingInteractions): TrainingInteractions {
  const { users, items } = interactions;
  return {
    ...interactions,
    users: users.map((id, user) => oddIds[user] ?? id),
    items: items.map((item, index) => ({ ...item, id: oddIds[index] ?? item.id })),
  };
}

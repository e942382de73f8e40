import { createRandomStream, type EmbeddingTable, type JudgedTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createSimilarUserExamples } from './similar-user-examples.ts';

const item = (id: string) => ({ id, title: `Title ${id}` });

/** A task of a user with history items `h…`, ranking `candidates` of which the one marked * is relevant. */
const createTask = (user: string, history: readonly string[], candidates: readonly string[]): JudgedTask => ({
  task: {
    id: `task ${user}`,
    user,
    history: history.map((id) => ({ item: item(id) })),
    candidates: candidates.map((id) => item(id.replace('*', ''))),
  },
  relevance: new Map(candidates.filter((id) => id.endsWith('*')).map((id) => [id.replace('*', ''), 1])),
});

const angles: Readonly<Record<string, number>> = { a: 0, b: 10, c: 20, d: 30, e: 40, f: 50, g: 60, me: 1 };
const table: EmbeddingTable = {
  dimensions: 2,
  get(user) {
    const angle = angles[user];
    return angle === undefined
      ? undefined
      : Float32Array.of(Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180));
  },
};
const training = [
  createTask('g', ['1', '2', '3'], ['x', '10*']),
  createTask('c', ['1', '2', '3'], ['y*', '11']),
  createTask('b', ['4', '5'], ['12*', 'z']),
  createTask('a', ['6'], ['13', '14*']),
  createTask('me', ['7', '8'], ['15*', '16']),
  createTask('d', [], ['17*']),
  createTask('e', ['9'], ['18', '19']),
  createTask('unknown', ['9'], ['20*']),
];

describe('createSimilarUserExamples', () => {
  const examples = createSimilarUserExamples({ tasks: training, table, count: 2, historyLength: 2 });
  const describeExamples = (judged: JudgedTask): string[] =>
    examples
      .addTo(judged.task)
      .examples!.map(({ history, chosen }) => `${history.map((entry) => entry.item.id)} > ${chosen.id}`);

  it('takes the closest users, the closest first, with the end of their history and what they chose', () => {
    // From 1 degree: a (1), b (9), c (19); not me, not d (no history), not e (nothing chosen), not unknown (no vector).
    expect(describeExamples(createTask('me', ['1'], ['30', '31']))).toEqual(['6 > 14', '4,5 > 12']);
    // From 50 degrees, without a task of its own among the training tasks: g (10), c (30).
    expect(describeExamples(createTask('f', ['1'], ['30', '31']))).toEqual(['2,3 > 10', '2,3 > y']);
  });

  it('shows no choice that is a candidate of the task', () => {
    expect(describeExamples(createTask('me', ['1'], ['14*', '30']))).toEqual(['4,5 > 12', '2,3 > y']);
    expect(describeExamples(createTask('me', ['1'], ['14', '12', 'y', '10', '15*']))).toEqual([]);
  });

  it('leaves the task as it is and gives the same object again', () => {
    const { task } = createTask('me', ['1'], ['30']);
    const complete = examples.addTo(task);
    expect(examples.addTo(task)).toBe(complete);
    expect(complete).toMatchObject(task);
    expect(task).not.toHaveProperty('examples');
  });

  it('takes the last of several tasks of a user, and the highest of several gains', () => {
    const { task } = createTask('a', ['40'], ['41', '42', '43', '44']);
    const graded = { task, relevance: new Map([42, 43, 44].map((id, index) => [`${id}`, [1, 2, 2][index]!])) };
    const found = createSimilarUserExamples({ tasks: [...training, graded], table, count: 1 });
    const { task: mine } = createTask('me', ['1'], ['30']);
    expect(found.addTo(mine).examples).toEqual([{ history: task.history, chosen: item('43') }]);
  });

  it('asks for the vector of a new user', () => {
    const stranger = createTask('stranger', ['1'], ['30']).task;
    expect(() => examples.addTo(stranger)).toThrow('Expected the vector of user stranger to be known');
    const computeVector = () => Float32Array.of(0.5, Math.sqrt(0.75)); // 60 degrees: g
    const found = createSimilarUserExamples({ tasks: training, table, count: 1, computeVector });
    expect(found.addTo(stranger).examples![0]!.chosen.id).toBe('10');
  });

  it('never shows a label: nothing of the user, of report tasks or of the candidates is chosen in an example', () => {
    const random = createRandomStream('labels');
    const draw = (user: string, target: string): JudgedTask => {
      const ids = new Set([target]);
      while (ids.size < 6) ids.add(`${random.integer(40)}`);
      const candidates = [...ids].map((id) => (id === target ? `${id}*` : id));
      return createTask(user, ['1', '2'], candidates);
    };
    const vectors = new Map(
      Array.from({ length: 80 }, (_, user) => [`${user}`, Float32Array.of(random.normal(), random.normal())]),
    );
    const judged = [...vectors.keys()].map((user) => draw(user, `${random.integer(40)}`));
    const [fit, report] = [judged.slice(0, 50), judged.slice(50)];
    const found = createSimilarUserExamples({
      tasks: fit,
      table: { dimensions: 2, get: (user) => vectors.get(user) },
      count: 3,
    });
    const chosenBy = new Map(fit.map(({ task, relevance }) => [task.history, [task.user, ...relevance.keys()]]));
    let shown = 0;
    for (const { task, relevance } of [...report, ...fit]) {
      for (const { history, chosen } of found.addTo(task).examples!) {
        shown++;
        expect(relevance.has(chosen.id)).toBe(false);
        expect(task.candidates.map(({ id }) => id)).not.toContain(chosen.id);
        // An example shares its entries with the training task that it comes from.
        const owners = [...chosenBy].filter(([own]) => own.every((entry, at) => entry === history[at]));
        expect(owners).toHaveLength(1);
        const [user, target] = owners[0]![1];
        expect(user).not.toBe(task.user);
        expect(target).toBe(chosen.id);
      }
    }
    expect(shown).toBe(240);
    // A copy of a task gets the same examples.
    const { task } = report[0]!;
    expect(found.addTo({ ...task }).examples).toEqual(found.addTo(task).examples);
  });

  it('refuses what it cannot use', () => {
    const create = (options: object) => () => createSimilarUserExamples({ tasks: training, table, ...options });
    expect(create({ count: 0 })).toThrow('Expected count to be a positive integer, received 0');
    expect(create({ historyLength: 1.5 })).toThrow('Expected historyLength to be a positive integer');
    expect(create({ count: 6 })).toThrow('tasks of at least 6 users');
    expect(create({ count: 5 })).not.toThrow();
    expect(create({ tasks: [] })).toThrow('Expected users to be at least one user');
  });
});

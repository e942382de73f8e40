import { fromFunction } from '@rppkit/env';
import { createPatternSpace, type JointAction, movies, type PatternSpace } from '@rppkit/patterns';
import { createRandomStream, type Encoder, type JudgedTask, type TextModel } from '@rppkit/spec';

/**
 * A world for tests in which the worth of every prompt is known. Two kinds of user, told by the history's title. The model
 * puts the relevant item first with probability .2, .5 for the reasoning `good`; with `interaction` the reasonings `even`
 * and `odd` are worth .8 for one kind and .2 for the other, else .35 for both.
 */
export interface ScriptedWorld {
  readonly space: PatternSpace;
  readonly tasks: readonly JudgedTask[];
  readonly model: TextModel;
  readonly encoders: readonly Encoder[];
  /** Probability that the relevant item comes first. */
  worth(judged: JudgedTask, choice: JointAction): number;
}

const reasonings = ['poor', 'good', 'even', 'odd'] as const;

export function createScriptedWorld({
  users,
  interaction,
}: {
  readonly users: number;
  readonly interaction: boolean;
}): ScriptedWorld {
  const space = createPatternSpace({
    domain: movies,
    patterns: [
      {
        name: 'history',
        section: 'history',
        expressions: [1, 2].map((window) => ({ id: `w${window}`, perspective: '', template: 'Seen:', window })),
      },
      {
        name: 'reasoning',
        section: 'reasoning',
        expressions: reasonings.map((id) => ({ id, perspective: '', template: `Be ${id}.` })),
      },
      {
        name: 'format',
        section: 'format',
        expressions: [{ id: 'indices', perspective: '', template: 'Indices.', answer: 'indices' }],
      },
    ],
  });
  const tasks = Array.from({ length: users }, (_, user): JudgedTask => {
    const kind = user % 2 === 0 ? 'even' : 'odd';
    const relevant = createRandomStream(`relevant ${user}`).integer(4);
    return {
      task: {
        id: `t${user}`,
        user: `u${user}`,
        history: [0, 1].map((entry) => ({ item: { id: `${kind}${entry}`, title: `${kind} ${user}` } })),
        candidates: [0, 1, 2, 3].map((item) => ({
          id: `${item}`,
          title: `${item === relevant ? 'Relevant' : 'Other'} ${item}`,
        })),
      },
      relevance: new Map([[`${relevant}`, 1]]),
    };
  });
  const computeWorth = (kind: string, reasoning: string): number => {
    if (reasoning === 'poor') return 0.2;
    if (reasoning === 'good') return 0.5;
    if (!interaction) return 0.35;
    return reasoning === kind ? 0.8 : 0.2;
  };
  const model = fromFunction({
    id: 'scripted',
    answer({ messages, sampleIndex }) {
      const text = messages.at(-1)!.text;
      const kind = /1\. (even|odd)/.exec(text)![1]!;
      const reasoning = /Be (\w+)\./.exec(text)![1]!;
      const relevant = Number(/\[(\d)\] Relevant/.exec(text)![1]);
      const random = createRandomStream(text).split(sampleIndex);
      const others = [1, 2, 3, 4].filter((number) => number !== relevant);
      const order = random.uniform() < computeWorth(kind, reasoning) ? [relevant, ...others] : [...others, relevant];
      return order.map((number) => `[${number}]`).join(' > ');
    },
  });
  const encoder: Encoder = {
    name: 'kind',
    size: 1,
    encode({ task }, output) {
      output[0] = task.history[0]!.item.title.startsWith('even') ? 1 : -1;
    },
    state: () => ({ kind: 'round' }),
  };
  return {
    space,
    tasks,
    model,
    encoders: [encoder],
    worth: ({ task }, choice) => computeWorth(task.history[0]!.item.title.split(' ')[0]!, reasonings[choice[1]!]!),
  };
}

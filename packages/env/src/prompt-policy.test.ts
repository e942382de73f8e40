import { createPatternSpace, defaultPatterns, formatPattern, historyPattern, movies } from '@rppkit/patterns';
import {
  type AgentNetwork,
  createPolicyFile,
  decodePolicy,
  encodePolicy,
  type JsonObject,
  type PolicyFile,
} from '@rppkit/policy';
import { createRandomStream, type Encoder, type TextEmbedder } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { fitHistoryStatistics, historyStatisticNames } from './encoders/history-statistics.ts';
import { createLastRoundEncoders } from './encoders/last-round.ts';
import { createTextEmbedding } from './encoders/text-embedding.ts';
import { choosePrompts, observeTasks, personalize } from './personalize.ts';
import { createPromptPolicyFile, openPromptPolicy } from './prompt-policy.ts';
import { createExampleTask, createExampleTasks, exampleSpace } from './testing/example-tasks.ts';

const tasks = createExampleTasks(8).map(({ task }, index) => ({ ...task, history: task.history.slice(0, index) }));
const encoders = [fitHistoryStatistics(tasks), ...createLastRoundEncoders(exampleSpace)];
const observationSize = encoders.reduce((sum, { size }) => sum + size, 0);

/** Linear networks with random weights. */
function createNetworks(space = exampleSpace, inputs = observationSize): AgentNetwork[] {
  return space.patterns.map(({ name, expressions }) => {
    const random = createRandomStream(5).split(name);
    const outputs = expressions.length;
    const kernel = Float32Array.from({ length: inputs * outputs }, () => random.normal());
    const layer = {
      kind: 'dense',
      inputs,
      outputs,
      activation: 'none',
      kernel,
      bias: new Float32Array(outputs),
    } as const;
    return { name, layers: [layer] };
  });
}

const file = createPromptPolicyFile({
  networks: createNetworks(),
  space: exampleSpace,
  encoders,
  rounds: 3,
  provenance: { dataset: 'example', seed: 5 },
});

/** The file with other metadata. */
const alter = (changes: JsonObject): PolicyFile => ({
  ...file,
  header: { ...file.header, metadata: { ...file.header.metadata, ...changes } },
});

/** The space without its last pattern, as JSON. */
const withoutLast: JsonObject = JSON.parse(
  JSON.stringify({ ...exampleSpace, patterns: exampleSpace.patterns.slice(0, -1) }),
);

describe('openPromptPolicy', () => {
  it('brings back space, encoders, rounds and provenance from bytes', () => {
    const opened = openPromptPolicy(decodePolicy(encodePolicy(file)));
    expect(opened.space).toEqual(exampleSpace);
    expect(opened.encoders.map((encoder) => encoder.state())).toEqual(encoders.map((encoder) => encoder.state()));
    expect(opened.rounds).toBe(3);
    expect(opened.provenance).toEqual({ dataset: 'example', seed: 5 });
    expect(opened.policy.actionCounts).toEqual({ role: 6, history: 5, reasoning: 9, format: 5 });
  });

  it('chooses and composes for a user never seen as before it was saved', async () => {
    const { task } = createExampleTask(99, { history: 12 });
    const before = await personalize(openPromptPolicy(file), task);
    const after = await personalize(decodePolicy(encodePolicy(file)), task);
    expect(after).toEqual(before);
    expect(after.choice).toHaveLength(4);
    expect(after.expressions.map(({ id }) => id)).toEqual(
      after.choice.map((action, position) => exampleSpace.patterns[position]!.expressions[action]!.id),
    );
    // The user's own titles, in the task's own order.
    expect(after.prompt.text).toContain('[1] Candidate 99x0 (1999)\n[2] Candidate 99x1 (1999)');
    expect(after.prompt.text).toContain('Seen 99x11 (1980)');
  });

  it.each<[string, PolicyFile]>([
    ['no metadata', { ...file, header: { ...file.header, metadata: {} } }],
    ['no encoders', alter({ encoders: null })],
    ['a space that is none', alter({ space: {} })],
    ['an encoder of an unknown kind', alter({ encoders: [{ kind: 'gru' }] })],
    ['encoders of another size', alter({ encoders: [{ kind: 'round' }] })],
    ['rounds that are no number', alter({ rounds: '3' })],
    ['rounds of which there are none', alter({ rounds: 0 })],
    ['an agent without a pattern', alter({ space: withoutLast })],
    [
      'another space',
      alter({
        space: JSON.parse(
          JSON.stringify({
            domain: movies,
            patterns: defaultPatterns
              .toReversed()
              .slice(0, 2)
              .concat([{ ...historyPattern, expressions: historyPattern.expressions.slice(1) }]),
          }),
        ),
      }),
    ],
  ])('refuses a file with %s', (_what, altered) => {
    expect(() => openPromptPolicy(altered)).toThrow(expect.objectContaining({ code: 'POLICY_METADATA' }));
  });

  it('refuses a policy that was packed without patterns', () => {
    const networks = createNetworks();
    const actions = Object.fromEntries(
      exampleSpace.patterns.map(({ name, expressions }) => [name, expressions.map(({ id }) => id)]),
    );
    const bare = createPolicyFile({ observationSize, networks, actions });
    expect(() => openPromptPolicy(bare)).toThrow('createPromptPolicyFile');
  });
});

describe('a policy with encoders that a file cannot hold', () => {
  const embedder: TextEmbedder = {
    id: 'letters',
    dimensions: 3,
    async embed(texts) {
      await Promise.resolve();
      return texts.map((text) => Float32Array.of(text.length, text.split('a').length, 1));
    },
  };
  const own: Encoder = {
    name: 'candidates',
    size: 1,
    encode({ task: { candidates } }, output) {
      output[0] = candidates.length / 10;
    },
    state: () => ({ kind: 'candidates' }),
  };
  const inputs = observationSize + 4 + 1;
  const parts = {
    networks: createNetworks(exampleSpace, inputs),
    space: exampleSpace,
    encoders: [...encoders, createTextEmbedding({ embedder, dimensions: 4 }), own],
    rounds: 1,
  };
  const saved = encodePolicy(createPromptPolicyFile(parts));
  const restore = { embedders: [embedder], restorers: { candidates: () => own } };

  it('serves users with them, many at a time as one by one', async () => {
    const opened = openPromptPolicy(decodePolicy(saved), restore);
    const alone = await Promise.all(tasks.map(async (task) => (await personalize(opened, task)).choice));
    expect(alone).toEqual(await choosePrompts(tasks, openPromptPolicy(decodePolicy(saved), restore)));
    const { observations } = await observeTasks(tasks.slice(3, 4), opened);
    expect(observations.at(-1)).toBe(1);
    // Not zeros: the history's text was embedded before it was encoded.
    expect(observations.slice(observationSize, observationSize + 4).some((value) => value !== 0)).toBe(true);
  });

  it('says what to pass, and where, for an embedder or an encoder that is missing', async () => {
    const file = decodePolicy(saved);
    const missing: [Parameters<typeof openPromptPolicy>[1], string][] = [
      [{ restorers: restore.restorers }, 'text embedder "letters"'],
      [{ embedders: restore.embedders }, 'Pass restorers'],
    ];
    for (const [options, message] of missing) {
      expect(() => openPromptPolicy(file, options)).toThrow(message);
      expect(() => openPromptPolicy(file, options)).toThrow('openPromptPolicy(file, { embedders, restorers })');
      expect(() => openPromptPolicy(file, options)).not.toThrow('Write it again');
    }
    await expect(personalize(file, tasks[0]!)).rejects.toMatchObject({ code: 'POLICY_METADATA' });
  });
});

describe('createPromptPolicyFile', () => {
  const parts = { networks: createNetworks(), space: exampleSpace, encoders, rounds: 1 };

  it.each([0, 1.5, Number.NaN])('refuses %d rounds', (rounds) => {
    expect(() => createPromptPolicyFile({ ...parts, rounds })).toThrow('Expected rounds to be a positive integer');
  });

  it('refuses two encoders of one name', () => {
    expect(() => createPromptPolicyFile({ ...parts, encoders: [...encoders, encoders[0]!] })).toThrow(
      'different names',
    );
  });

  it('refuses networks that leave out a pattern', () => {
    expect(() => createPromptPolicyFile({ ...parts, networks: parts.networks.slice(1) })).toThrow('also for role');
  });

  it('refuses encoders of another size than the networks', () => {
    expect(() => createPromptPolicyFile({ ...parts, encoders: encoders.slice(1) })).toThrow('inputs');
  });

  it('refuses networks of another space', () => {
    const space = createPatternSpace({ domain: movies, patterns: [historyPattern, formatPattern] });
    expect(() => createPromptPolicyFile({ ...parts, space })).toThrow('expression ids');
  });
});

describe('choosePrompts', () => {
  const promptPolicy = openPromptPolicy(file);

  it('takes the most probable legal action of every agent', async () => {
    const { observations, masks } = await observeTasks(tasks, promptPolicy);
    const probabilities = promptPolicy.policy.probabilities(observations, masks);
    const choices = await choosePrompts(tasks, promptPolicy);
    let moved = 0;
    tasks.forEach((task, row) => {
      exampleSpace.patterns.forEach(({ name, expressions }, position) => {
        const count = expressions.length;
        const values = [...probabilities[name]!.slice(row * count, (row + 1) * count)];
        const action = choices[row]![position]!;
        expect(masks[name]![row * count + action]).toBe(1);
        expect(values[action]).toBe(Math.max(...values));
      });
      // Histories of 0 … 7 entries: window 2 always, 5 from five entries on, no other.
      const window = historyPattern.expressions[choices[row]![1]!]!.window!;
      expect(window).toBeLessThanOrEqual(Math.max(2, task.history.length));
      const free = promptPolicy.policy.probabilities(
        observations.slice(row * observationSize, (row + 1) * observationSize),
      );
      if (free['history']!.indexOf(Math.max(...free['history']!)) !== choices[row]![1]) moved++;
    });
    // The masks decided at least once, so the test can fail.
    expect(moved).toBeGreaterThan(0);
  });

  it('chooses for one as for many, and for none', async () => {
    const together = await choosePrompts(tasks, promptPolicy);
    const alone = await Promise.all(tasks.map(async (task) => (await choosePrompts([task], promptPolicy))[0]));
    expect(alone).toEqual(together);
    expect(await choosePrompts([], promptPolicy)).toEqual([]);
  });
});

describe('observeTasks', () => {
  it('writes what an environment shows before the first round', async () => {
    const { observations, masks } = await observeTasks(tasks, { space: exampleSpace, encoders, rounds: 3 });
    expect(observations).toHaveLength(tasks.length * observationSize);
    expect([...masks['history']!.slice(0, 5)]).toEqual([1, 0, 0, 0, 0]);
    expect([...masks['history']!.slice(-5)]).toEqual([1, 1, 0, 0, 0]);
    // Nothing has been asked: the last-round blocks are 0.
    for (let row = 0; row < tasks.length; row++) {
      const rest = observations.slice(
        row * observationSize + historyStatisticNames.length,
        (row + 1) * observationSize,
      );
      expect(rest.every((value) => value === 0)).toBe(true);
    }
  });
});

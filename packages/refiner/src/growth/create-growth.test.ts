import type { PatternSpace } from '@rppkit/patterns';
import { createRandomStream, InvalidArgumentError, type Rollout, type TextModel, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { Refinement } from '../rewriting/refinement.ts';
import { createGrowth, type Growth } from './create-growth.ts';
import {
  createEnvironment,
  createMarkedModel,
  createScriptedRefiner,
  playRollout,
  space,
} from './growing-world.fixture.ts';
import type { GrowthOptions } from './growth-options.ts';

const good = createMarkedModel({ GOOD: 0.9, BAD: 0.1, other: 0.5 });

/** Writes down what it is told. */
function createWatchedLearner() {
  const widened: string[] = [];
  const rollouts: Rollout[] = [];
  return {
    widened,
    rollouts,
    widen({ agent, parent }: { agent: string; parent: number }): void {
      widened.push(`${agent} ${parent}`);
    },
    async update(rollout: Rollout) {
      rollouts.push(rollout);
      return {};
    },
  };
}

interface Setup {
  readonly growth: Growth;
  readonly environment: ReturnType<typeof createEnvironment>;
  readonly learner: ReturnType<typeof createWatchedLearner>;
  readonly refiner: ReturnType<typeof createScriptedRefiner>;
  play(updates: number, from?: number): Promise<void>;
}

const random = createRandomStream('growth');

function setUp(
  {
    answers = ['Rank the candidates by what is GOOD.'],
    model = good,
    ...options
  }: Partial<GrowthOptions> & { answers?: readonly (string | Refinement)[]; model?: TextModel } = {},
  environmentOptions: Parameters<typeof createEnvironment>[1] = {},
): Setup {
  const environment = createEnvironment(model, environmentOptions);
  const learner = createWatchedLearner();
  const refiner = createScriptedRefiner(answers);
  const growth = createGrowth({
    environment,
    learner,
    refiner,
    random,
    patterns: ['reasoning'],
    when: { every: 2 },
    share: 0.5,
    ...options,
  });
  const play = async (updates: number, from = 0): Promise<void> => {
    for (let update = from; update < from + updates; update++) {
      // The plain reasoning and its children are chosen most.
      const favour = (agent: string, action: number): number => {
        const at = environment.space.patterns.findIndex(({ name }) => name === agent);
        const { id } = environment.space.patterns[at]!.expressions[action]!;
        return agent === 'reasoning' && !id.startsWith('plain') ? 0.02 : 1;
      };
      await growth.advance({ steps: await playRollout(environment, random.split('play').split(update), favour) });
    }
  };
  return { growth, environment, learner, refiner, play };
}

const getReasoning = ({ patterns }: PatternSpace) => patterns.find(({ name }) => name === 'reasoning')!;

describe('growth', () => {
  it('refines what is chosen most, widens environment and learner, and tells the refiner no label', async () => {
    const { growth, environment, learner, refiner, play } = setUp();
    await play(1);
    expect(growth.children).toEqual([]);
    await play(1, 1);
    expect(growth.children).toMatchObject([
      { pattern: 'reasoning', id: 'plain~1', parent: 'plain', born: 2, model: 'scripted', verdict: 'open' },
    ]);
    expect(getReasoning(environment.space).expressions.at(-1)).toMatchObject({
      id: 'plain~1',
      parent: 'plain',
      template: 'Rank the candidates by what is GOOD.',
    });
    expect(learner.widened).toEqual(['reasoning 0']);
    const [{ evidence, protectedTexts, sampleIndex }] = refiner.requests as [(typeof refiner.requests)[number]];
    expect(sampleIndex).toBe(0);
    expect(evidence!.facts[0]).toMatch(
      /^Of \d+ answers to prompts with this sentence, \d+ could be read whole, 0 in part/,
    );
    for (const kind of ['Seen', 'Candidate'])
      expect(protectedTexts!.some((title) => title.startsWith(kind))).toBe(true);
    expect(JSON.stringify(evidence)).not.toMatch(/NDCG|score|relevan/i);
  });

  it('promotes a child that is better, which stays and may itself be refined', async () => {
    const { growth, environment, play } = setUp();
    await play(14);
    const [first, second] = growth.children;
    expect(first).toMatchObject({ id: 'plain~1', verdict: 'promoted' });
    expect(first!.pairs.sum / first!.pairs.pairs).toBeGreaterThan(0.1);
    expect(getReasoning(environment.space).expressions.some(({ retired }) => retired)).toBe(false);
    expect(second).toBeDefined();
  });

  it('retires a child that is worse, and masks it', async () => {
    const { growth, environment, play } = setUp({ answers: ['Rank the candidates by what is BAD.'] });
    await play(14);
    expect(growth.children[0]).toMatchObject({ id: 'plain~1', verdict: 'retired' });
    const at = getReasoning(environment.space).expressions.findIndex(({ id }) => id === 'plain~1');
    expect(getReasoning(environment.space).expressions[at]!.retired).toBe(true);
    const { actionMasks } = await environment.reset({ seed: 1 });
    expect(actionMasks!.reasoning![at]).toBe(0);
  });

  it('ends a test that decides nothing after the last pair', async () => {
    const { growth, play } = setUp({
      answers: ['Rank the candidates.'],
      test: { maximumPairs: 40, minimumGain: 0 },
      when: { every: 1 },
    });
    await play(6);
    expect(growth.children[0]).toMatchObject({ verdict: 'undecided' });
    expect(growth.children[0]!.pairs.pairs).toBeGreaterThanOrEqual(40);
  });

  it('compares on the same task and order, whichever of the two was chosen', async () => {
    const asked: string[] = [];
    const model: TextModel = {
      id: good.id,
      generate(request) {
        asked.push(request.messages.map(({ text }) => text).join('\n'));
        return good.generate(request);
      },
    };
    const { growth, play } = setUp({ model });
    await play(2);
    asked.length = 0;
    await play(1, 2);
    const played = asked.slice(0, 20);
    const instead = asked.slice(20);
    expect(instead).toHaveLength(growth.counts.pairCalls);
    const sentences = [
      'Put the candidates in the order in which I should watch them.',
      'Rank the candidates by what is GOOD.',
    ];
    for (const text of instead) {
      const other = text.includes('GOOD')
        ? text.replace(sentences[1]!, sentences[0]!)
        : text.replace(sentences[0]!, sentences[1]!);
      expect(played).toContain(other);
    }
    expect(new Set(instead.map((text) => text.includes('GOOD')))).toEqual(new Set([true, false]));
  });

  it('spends at most its share of all calls', async () => {
    const { growth, play } = setUp({ share: 0.2 });
    for (let update = 0; update < 10; update++) {
      await play(1, update);
      const { rolloutCalls, refineCalls, pairCalls } = growth.counts;
      expect(growth.calls).toBe(refineCalls + pairCalls);
      expect(growth.calls).toBeLessThanOrEqual(0.2 * (rolloutCalls + growth.calls));
    }
    expect(growth.calls).toBeGreaterThan(40);
  });

  it('asks no more than is left', async () => {
    const { growth, environment, play } = setUp();
    await play(2);
    const steps = await playRollout(environment, random.split('left'));
    const before = growth.calls;
    await growth.advance({ steps, callsLeft: 3 });
    expect(growth.calls).toBe(before + 3);
    await growth.advance({ steps: await playRollout(environment, random.split('none')), callsLeft: 0 });
    expect(growth.calls).toBe(before + 3);
    expect(growth.counts.refined).toBe(1);
  });

  it('tests at most K children of a pattern at a time', async () => {
    const { growth, play } = setUp({
      liveChildren: 2,
      answers: ['Rank the candidates.'],
      patterns: ['reasoning', 'role'],
    });
    await play(8);
    const open = (name: string) =>
      growth.children.filter(({ pattern, verdict }) => pattern === name && verdict === 'open').length;
    expect(open('reasoning')).toBe(2);
    expect(open('role')).toBe(2);
  });

  it('drops a child for which the learner has no room, and goes on', async () => {
    const { growth, environment, learner, play } = setUp({ when: { every: 1 } });
    learner.widen = () => {
      throw new InvalidArgumentError('weights', 'at most 2048', 2049);
    };
    await play(3);
    expect(growth.children).toEqual([]);
    expect(growth.counts.reasons['learner-full']).toBe(growth.counts.refined);
    expect(growth.counts.refined).toBeGreaterThan(0);
    expect(environment.space).toEqual(space);
  });

  it('changes nothing where it is aborted', async () => {
    const { growth, environment, learner, play } = setUp();
    await play(3);
    const before = JSON.stringify(growth.save());
    const steps = await playRollout(environment, random.split('aborted'));
    const widened = learner.widened.length;
    await expect(growth.advance({ steps }, { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow();
    expect(JSON.stringify({ ...growth.save(), environment: undefined })).toBe(
      JSON.stringify({ ...JSON.parse(before), environment: undefined }),
    );
    expect(learner.widened).toHaveLength(widened);
  });

  it('refines one expression no more often than it may', async () => {
    const rejected: Refinement = { kind: 'rejected', reasons: ['length'], attempts: [], calls: 1 };
    const { growth, refiner, play } = setUp({ answers: [rejected], when: { every: 1 }, refinementsPerExpression: 2 });
    await play(24);
    const ids = refiner.requests.map(({ expression }) => expression.id);
    expect(Math.max(...ids.map((id) => ids.filter((other) => other === id).length))).toBe(2);
    expect(growth.counts.rejected).toBe(ids.length);
  });

  it('goes on where refinements are rejected or fail, and counts them by reason', async () => {
    const rejected: Refinement = { kind: 'rejected', reasons: ['negation', 'length'], attempts: [], calls: 2 };
    const failed: Refinement = { kind: 'failed', failure: 'server', possiblyPaid: false, attempts: [], calls: 1 };
    const { growth, environment, learner, refiner, play } = setUp({ answers: [rejected, failed], when: { every: 1 } });
    await play(4);
    expect(growth.counts).toMatchObject({ refined: 0, rejected: 1, failed: 3, refineCalls: 5 });
    expect(growth.counts.reasons).toEqual({ negation: 1, length: 1, server: 3 });
    expect(environment.space).toEqual(space);
    expect(learner.widened).toEqual([]);
    expect(refiner.requests.map(({ sampleIndex }) => sampleIndex).slice(0, 2)).toEqual([0, 1]);
  });

  it('loses pairs whose call failed, and counts them', async () => {
    let down = false;
    const model: TextModel = {
      id: good.id,
      generate: (request) => (down ? Promise.reject(new TextModelError('server', 'down')) : good.generate(request)),
    };
    const { growth, environment, play } = setUp({ model });
    await play(2);
    const steps = await playRollout(environment, random.split('more'));
    down = true;
    await growth.advance({ steps });
    expect(growth.counts.failedPairs).toBe(growth.counts.pairCalls);
    expect(growth.counts.failedPairs).toBeGreaterThan(0);
    expect(growth.children[0]!.pairs.pairs).toBe(0);
  });

  it('refines on a plateau only', async () => {
    const { growth, play } = setUp({ when: { plateau: 2, minimumDelta: 1 } });
    await play(3);
    expect(growth.children).toHaveLength(0);
    await play(1, 3);
    expect(growth.children).toHaveLength(1);
    const rising = setUp({ when: { plateau: 2, minimumDelta: -1 } });
    await rising.play(6);
    expect(rising.growth.children).toHaveLength(0);
  });

  it('lets a learner learn from the other half of the pairs', async () => {
    const { growth, environment, learner, play } = setUp({ learnFromPairs: true });
    await play(2);
    expect(learner.rollouts).toEqual([]);
    const steps = await playRollout(environment, random.split('learn'));
    const { pairs } = await growth.advance({ steps });
    const [rollout] = learner.rollouts as [Rollout];
    expect(rollout.batchSize).toBe(pairs);
    const [step] = rollout.steps as [Rollout['steps'][number]];
    const actions = step.actions.reasoning!;
    const added = getReasoning(space).expressions.length;
    expect([...actions].every((action) => action === 0 || action === added)).toBe(true);
    expect(step.observations).toHaveLength(pairs * environment.observationSize);
    const several = setUp({ learnFromPairs: true }, { rounds: 2 });
    await several.play(4);
    expect(several.growth.counts.pairCalls).toBeGreaterThan(0);
    expect(several.learner.rollouts).toEqual([]);
  });

  it('gives the same for the same seed', async () => {
    const [left, right] = [setUp(), setUp()];
    await left.play(6);
    await right.play(6);
    expect(JSON.stringify(left.growth.save())).toBe(JSON.stringify(right.growth.save()));
  });

  it('goes on from what it saved as if it had never stopped', async () => {
    const whole = setUp({ liveChildren: 2 });
    await whole.play(5);
    const saved = JSON.parse(JSON.stringify(whole.growth.save()));
    await whole.play(5, 5);
    const resumed = setUp({ liveChildren: 2 });
    resumed.growth.load(saved);
    expect(resumed.learner.widened).toEqual(whole.learner.widened.slice(0, saved.children.length));
    await resumed.play(5, 5);
    expect(resumed.growth.save()).toEqual(whole.growth.save());
    expect(resumed.environment.space).toEqual(whole.environment.space);
  });

  it('is loaded only into what has not grown, and only with what was saved', async () => {
    const whole = setUp();
    await whole.play(2);
    const saved = whole.growth.save();
    expect(() => whole.growth.load(saved)).toThrow('as they were before any expression was refined');
    expect(() => setUp().growth.load({} as never)).toThrow('Expected state to be what save of a growth gave');
  });

  it('does not teach a learner of its own actions what others were asked', () => {
    const learner = { ...createWatchedLearner(), capabilities: { data: 'on-policy' } };
    expect(() => setUp({ learner, learnFromPairs: true })).toThrow('Expected learnFromPairs to be false');
  });

  it.each([
    [{ patterns: ['tone'] }, 'Expected patterns to be among role, history, reasoning, format, received "tone"'],
    [{ share: 1 }, 'Expected share to be a number in (0, 1), received 1'],
    [{ liveChildren: 0 }, 'Expected liveChildren to be a positive integer'],
    [{ when: { every: 0 } }, 'Expected when.every to be a positive integer'],
    [{ when: { plateau: 1.5 } }, 'Expected when.plateau to be a positive integer'],
    [{ when: { plateau: 2, minimumDelta: Number.NaN } }, 'Expected when.minimumDelta to be a finite number'],
    [{ test: { alpha: 2 } }, 'alpha'],
  ])('refuses %j', (options, message) => {
    expect(() => setUp(options)).toThrow(message);
  });
});

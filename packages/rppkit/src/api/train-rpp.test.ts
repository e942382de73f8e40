import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { createKnowledge } from '@rppkit/simulator';
import { type SimulatorServer, startSimulatorServer } from '@rppkit/simulator/node';
import type { RankingTask, TextModel } from '@rppkit/spec';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ExperimentConfigInput, parseExperimentConfig } from '../experiment/experiment-config.ts';
import { type PreparedExperiment, prepareExperiment } from '../experiment/prepare-experiment.ts';
import { evaluatePolicy, personalize, type RunEvent, resumeRpp, trainRpp } from '../index.ts';

const config: ExperimentConfigInput = {
  data: { kind: 'synthetic', preset: 'diverse', users: 300 },
  ...{ trainUsers: 60, reportUsers: 20, episodes: 64, batchSize: 32, bestFixedCalls: 128, swaps: 1 },
};

let runs: string;
let prepared: PreparedExperiment;
/** The simulated model as a user's own. */
let own: TextModel;

beforeAll(async () => {
  runs = mkdtempSync(join(tmpdir(), 'api-'));
  prepared = await prepareExperiment(parseExperimentConfig(config), { log: () => {} });
  own = { id: 'own:model', generate: (request) => prepared.ranker.model.generate(request) };
});
afterAll(() => rmSync(runs, { recursive: true }));

describe('training from code', () => {
  it('gives results, a policy that serves, and events in order', async () => {
    const events: RunEvent[] = [];
    const { results, policy, folder } = await trainRpp(config, {
      ...{ model: own, runs, name: 'whole' },
      onEvent: (event) => events.push(event),
    });
    expect(results).toEqual(JSON.parse(readFileSync(folder.resolve('results.json'), 'utf8')));
    expect(results.model).toBe('own:model');
    const phases = events.filter(({ type }) => type === 'phase-start' || type === 'phase-end');
    expect(phases.map((event) => `${event.type} ${'phase' in event && event.phase}`)).toEqual(
      ['best fixed prompt', 'train', 'evaluate'].flatMap((phase) => [`phase-start ${phase}`, `phase-end ${phase}`]),
    );
    expect(events).toContainEqual(expect.objectContaining({ type: 'progress', phase: 'train', done: 64, calls: 64 }));
    expect(events).toContainEqual({ type: 'message', text: 'Model: own:model' });
    const { prompt } = await personalize(policy, createTask());
    expect(prompt.text).toContain('Heat');
  });

  it('goes on after an abort and comes to the same results, asking nothing twice', async () => {
    const asked: string[] = [];
    const controller = new AbortController();
    const model: TextModel = {
      id: own.id,
      generate(request) {
        asked.push(`${request.sampleIndex} ${JSON.stringify(request.messages)}`);
        const answer = own.generate(request);
        if (asked.length === 150) controller.abort();
        return answer;
      },
    };
    const interrupted = trainRpp(config, { model, runs, name: 'aborted', signal: controller.signal });
    await expect(interrupted).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const { results } = await resumeRpp('aborted', { model, runs });
    expect(new Set(asked).size).toBe(asked.length);
    const whole = JSON.parse(readFileSync(join(runs, 'whole', 'results.json'), 'utf8'));
    expect({ ...results, run: '', timing: {} }).toEqual({ ...whole, run: '', timing: {} });
  });

  it('evaluates again without asking what is stored', async () => {
    const silent: TextModel = { id: own.id, generate: () => Promise.reject(new Error('Expected no call')) };
    const again = await evaluatePolicy('whole', { model: silent, runs });
    const { fromModel, fromStore } = again.timing.calls.find(({ phase }) => phase === 'evaluate')!;
    expect([fromModel, fromStore]).toEqual([0, 80]);
  });

  it('refuses another model for a run', async () => {
    const other = { ...own, id: 'own:other' };
    await expect(evaluatePolicy('whole', { model: other, runs })).rejects.toThrow(
      'Expected the model of run whole, own:model, received own:other. Pass that one, or train a new run.',
    );
  });

  it('ends in order where a listener throws, with its error', async () => {
    const onEvent = ({ type }: RunEvent): void => {
      if (type === 'progress') throw new RangeError('The listener broke.');
    };
    await expect(trainRpp(config, { model: own, runs, name: 'deaf', onEvent })).rejects.toThrow('The listener broke.');
    expect(JSON.parse(readFileSync(join(runs, 'deaf', 'manifest.json'), 'utf8')).status).toBe('interrupted');
  });

  it('ends at a limit, and names the error', async () => {
    const limited = trainRpp(config, { model: own, runs, name: 'limited', limits: { maxCalls: 10 } });
    await expect(limited).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await expect(limited).rejects.toThrow('The limit is reached.');
  });
});

describe('what others see of the calls', () => {
  const exporter = new InMemorySpanExporter();
  const told = { starts: 0, ends: 0 };
  let server: SimulatorServer;
  let asked: number;

  beforeAll(async () => {
    const knowledge = createKnowledge(prepared.data.dataset, { users: 'all' });
    server = await startSimulatorServer({ knowledge });
    vi.stubEnv('OPENAI_API_KEY', 'none');
    vi.stubEnv('OPENAI_BASE_URL', server.url);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
    const callbacks = [{ handleChatModelStart: () => void told.starts++, handleLLMEnd: () => void told.ends++ }];
    const { results } = await trainRpp(
      { ...config, model: 'openai:simulated-weak' },
      { runs, name: 'watched', callbacks },
    );
    asked = results.timing.calls.reduce((sum, { fromModel }) => sum + fromModel, 0);
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    trace.disable();
    context.disable();
    await server.close();
  });

  it('is told to callbacks of LangChain', () => {
    expect(asked).toBeGreaterThan(200);
    expect(told).toEqual({ starts: asked, ends: asked });
  });

  it('is traced: a run holds its phases, and they hold their calls, without any text of prompts', () => {
    const spans = exporter.getFinishedSpans();
    const root = spans.find(({ name }) => name === 'rppkit run')!;
    const phases = spans.filter((span) => isChild(span, root));
    expect(phases.map(({ name }) => name)).toEqual(['rppkit best fixed prompt', 'rppkit train', 'rppkit evaluate']);
    const calls = spans.filter(({ name }) => name === 'chat openai:simulated-weak');
    expect(calls.length).toBe(asked);
    expect(calls.every((call) => phases.some((phase) => isChild(call, phase)))).toBe(true);
    expect(calls[0]!.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'openai:simulated-weak',
      'gen_ai.usage.input_tokens': expect.any(Number),
      'gen_ai.usage.output_tokens': expect.any(Number),
      'gen_ai.response.finish_reasons': ['stop'],
      'rppkit.purpose': 'rank',
      'rppkit.sample_index': expect.any(Number),
    });
  });

  it('is marked where it failed', async () => {
    const failing: TextModel = { id: 'own:failing', generate: () => Promise.reject(new Error('secret prompt')) };
    await expect(trainRpp(config, { model: failing, runs, name: 'failing' })).rejects.toThrow();
    const call = exporter.getFinishedSpans().find(({ name }) => name === 'chat own:failing')!;
    expect(call.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(call.attributes['error.type']).toBe('Error');
  });
});

function isChild(span: ReadableSpan, parent: ReadableSpan): boolean {
  return span.parentSpanContext?.spanId === parent.spanContext().spanId;
}

function createTask(): RankingTask {
  const item = (id: string, title: string) => ({ id, title, attributes: { genres: ['Crime'] } });
  return {
    ...{ id: 'now', user: 'ada', history: [{ item: item('1', 'Alien') }] },
    candidates: [item('2', 'Heat'), item('3', 'Casino')],
  };
}

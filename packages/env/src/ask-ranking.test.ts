import { type TextModel, TextModelError, type TextModelFailure } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { askRanking, askRankings, type RankingRequest } from './ask-ranking.ts';
import {
  createExampleTask,
  createExampleTasks,
  exampleSpace,
  readShownTitles,
  renderAnswer,
} from './testing/example-tasks.ts';
import { createScriptedModel } from './testing/scripted-model.ts';
import { fromFunction } from './text-models/from-function.ts';

const { task } = createExampleTask(1);
const choice = [1, 1, 0, 0];
const request: RankingRequest = { task, choice, orderIndex: 0, sampleIndex: 0 };
const space = exampleSpace;

/** Ranks what it is shown from last to first. */
const reversing = fromFunction({
  id: 'reversing',
  answer: (asked) => renderAnswer(readShownTitles(asked).toReversed()),
});

describe('askRanking', () => {
  it('answers with raw text, parsed ranking and usage', async () => {
    const answer = await askRanking(request, { model: reversing, space });
    expect(answer).toMatchObject({
      outcome: 'answered',
      cached: false,
      parsed: { kind: 'complete', strategy: 'titles' },
    });
    if (answer.outcome === 'failed') expect.fail('it answered');
    expect([...answer.ranking]).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(answer.raw).toContain('1. Candidate 1x9 (1999)');
    expect(answer.usage.inputTokens).toBeGreaterThan(50);
  });

  it('sends messages, purpose, sample index and signal as they are', async () => {
    const model = createScriptedModel(['x', 'x']);
    const { signal } = new AbortController();
    const answer = await askRanking({ ...request, sampleIndex: 7 }, { model, space, purpose: 'probe', signal });
    expect(model.requests[0]).toEqual({ messages: answer.prompt.messages, sampleIndex: 7, purpose: 'probe', signal });
    await askRanking(request, { model, space });
    expect(model.requests[1]).toEqual({ messages: answer.prompt.messages, sampleIndex: 0, purpose: 'rank' });
  });

  // Defect 1: the reference showed users the histories of others.
  it('shows exactly the history and the candidates of its own task', async () => {
    const tasks = createExampleTasks(5);
    for (const [index, judged] of tasks.entries()) {
      const model = createScriptedModel(['x']);
      await askRanking({ ...request, task: judged.task, choice: [0, 1, 0, 0] }, { model, space });
      const { text } = model.requests[0]!.messages.at(-1)!;
      // Window 5 of 6 entries, the oldest first; no title of another task.
      expect(text.match(/Seen \d+x\d+/g)).toEqual([1, 2, 3, 4, 5].map((place) => `Seen ${index}x${place}`));
      expect(text.match(/Candidate \d+x\d+/g)).toEqual(
        Array.from({ length: 10 }, (_, place) => `Candidate ${index}x${place}`),
      );
    }
  });

  // Defect 2: the reference shuffled once for the prompt and again before decoding.
  it.each([0, 1, 2, 3, 17])(
    'maps answers in order %i back to the task’s own candidates, by title and by number',
    async (orderIndex) => {
      const favourite = task.candidates[4]!.title;
      const first = fromFunction({
        id: 'favourite first',
        answer: (asked) => {
          const shown = readShownTitles(asked);
          const rest = shown.filter((title) => title !== favourite);
          const ranked = [favourite, ...rest];
          if (asked.messages.at(-1)!.text.includes('[B] > [C] > [A]')) {
            return ranked.map((title) => `[${shown.indexOf(title) + 1}]`).join(' > ');
          }
          return renderAnswer(ranked);
        },
      });
      for (const format of [0, 2]) {
        const answer = await askRanking({ ...request, choice: [0, 1, 0, format], orderIndex }, { model: first, space });
        if (answer.outcome === 'failed') expect.fail('it answered');
        const others = [...answer.candidateOrder].filter((index) => index !== 4);
        expect([...answer.ranking]).toEqual([4, ...others]);
      }
    },
  );

  it('leaves out what the answer leaves out', async () => {
    const model = createScriptedModel(['1. Candidate 1x3\n2. Candidate 1x0']);
    const answer = await askRanking({ ...request, orderIndex: 5 }, { model, space });
    expect(answer).toMatchObject({ outcome: 'answered', ranking: Int32Array.of(3, 0), parsed: { kind: 'partial' } });
  });

  it('gives an unreadable answer as an invalid one', async () => {
    const answer = await askRanking(request, { model: createScriptedModel(['No.']), space });
    expect(answer).toMatchObject({
      outcome: 'answered',
      raw: 'No.',
      ranking: new Int32Array(0),
      parsed: { kind: 'invalid', reason: 'no-list', raw: 'No.' },
    });
  });

  it.each<[TextModelFailure, object]>([
    ['context-length', { outcome: 'refused', parsed: { kind: 'invalid', reason: 'context-length', raw: '' } }],
    ['content-filter', { outcome: 'refused', parsed: { kind: 'invalid', reason: 'content-filter', raw: '' } }],
    ['rate-limit', { outcome: 'failed', failure: 'rate-limit', possiblyPaid: false }],
    ['server', { outcome: 'failed', failure: 'server' }],
    ['network', { outcome: 'failed', failure: 'network', possiblyPaid: true }],
    ['timeout', { outcome: 'failed', failure: 'timeout' }],
    ['bad-request', { outcome: 'failed', failure: 'bad-request' }],
    ['budget', { outcome: 'failed', failure: 'budget' }],
  ])('takes %s as a value', async (failure, expected) => {
    const model = createScriptedModel([new TextModelError(failure, 'scripted')]);
    const answer = await askRanking(request, { model, space });
    expect(answer).toMatchObject(expected);
    // A failed call has nothing that could be taken for a ranking.
    expect('ranking' in answer).toBe(answer.outcome !== 'failed');
  });

  it.each<TextModelFailure>(['authentication', 'aborted'])('throws %s', async (failure) => {
    const model = createScriptedModel([new TextModelError(failure, 'scripted')]);
    await expect(askRanking(request, { model, space })).rejects.toMatchObject({ failure });
  });

  it('throws what is no failure of a model', async () => {
    await expect(askRanking(request, { model: createScriptedModel([]), space })).rejects.toMatchObject({
      code: 'SCRIPT_DRY',
    });
    await expect(askRanking({ ...request, choice: [0] }, { model: reversing, space })).rejects.toThrow('choice');
  });

  it('gives each caller an order of its own to keep', async () => {
    const first = await askRanking({ ...request, orderIndex: 2 }, { model: reversing, space });
    first.candidateOrder.fill(0);
    const second = await askRanking({ ...request, orderIndex: 2 }, { model: reversing, space });
    expect(new Set(second.candidateOrder).size).toBe(10);
  });
});

describe('askRankings', () => {
  const requests = createExampleTasks(12).map((judged) => ({ ...request, task: judged.task }));

  it('hands over every answer with the index of its request', async () => {
    const seen = new Map<number, string>();
    await askRankings(requests, {
      model: reversing,
      space,
      concurrency: 5,
      onAnswer: (answer, index) => seen.set(index, answer.outcome === 'failed' ? '' : answer.raw.split('\n')[0]!),
    });
    expect(seen.size).toBe(12);
    for (const [index, line] of seen) expect(line).toBe(`1. Candidate ${index}x9 (1999)`);
  });

  it('keeps at most `concurrency` requests under way', async () => {
    let running = 0;
    let peak = 0;
    const model: TextModel = fromFunction({
      id: 'slow',
      async answer() {
        peak = Math.max(peak, ++running);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running--;
        return 'x';
      },
    });
    await askRankings(requests, { model, space, concurrency: 3, onAnswer: () => {} });
    expect(peak).toBe(3);
  });

  it('sends nothing more after an error, whoever threw it', async () => {
    const calls: number[] = [];
    const model = (failAt: number): TextModel =>
      fromFunction({
        id: 'failing',
        async answer() {
          const call = calls.push(calls.length);
          await new Promise((resolve) => setTimeout(resolve, 1));
          if (call === failAt) throw new TextModelError('authentication', 'wrong key');
          return 'x';
        },
      });
    await expect(
      askRankings(requests, { model: model(1), space, concurrency: 2, onAnswer: () => {} }),
    ).rejects.toMatchObject({
      failure: 'authentication',
    });
    const sent = calls.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls).toHaveLength(sent);
    expect(sent).toBeLessThan(5);

    calls.length = 0;
    const onAnswer = (): never => {
      throw new Error('reader is broken');
    };
    await expect(askRankings(requests, { model: model(-1), space, concurrency: 2, onAnswer })).rejects.toThrow(
      'reader is broken',
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls.length).toBeLessThan(5);
  });

  it('stops with a typed abort', async () => {
    const controller = new AbortController();
    let answers = 0;
    const asking = askRankings(requests, {
      model: reversing,
      space,
      concurrency: 1,
      signal: controller.signal,
      onAnswer: () => {
        if (++answers === 3) controller.abort();
      },
    });
    await expect(asking).rejects.toMatchObject({ failure: 'aborted' });
    expect(answers).toBe(3);
  });

  it.each([0, -1, 1.5])('rejects concurrency %s instead of asking nothing', async (concurrency) => {
    await expect(askRankings(requests, { model: reversing, space, concurrency, onAnswer: () => {} })).rejects.toThrow(
      'positive integer',
    );
  });
});

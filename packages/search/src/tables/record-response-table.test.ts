import { createBudget, fromFunction, withBudget } from '@rppkit/env';
import { composePrompt, decodeJointAction, listJointActions } from '@rppkit/patterns';
import { presentTask, type RankingTask, type TextModel, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { createTableSource } from './create-table-source.ts';
import { planResponseTable } from './plan-response-table.ts';
import { recordResponseTable } from './record-response-table.ts';
import type { ResponseJournal } from './response-journal.ts';
import { getTableEntry, type TableEntry } from './table-entry.ts';

const { space, tasks: judged, model } = createScriptedWorld({ users: 5, interaction: true });
const tasks = judged.map(({ task }) => task);
/** The third task has seen one item only, so that window 2 is not legal for it. */
const short = tasks.map((task, place) => (place === 2 ? { ...task, history: task.history.slice(1) } : task));

function countCalls(inner: TextModel): { readonly model: TextModel; readonly asked: string[] } {
  const asked: string[] = [];
  const generate: TextModel['generate'] = (request) => {
    asked.push(JSON.stringify([request.messages, request.sampleIndex]));
    return inner.generate(request);
  };
  return { model: { id: inner.id, generate }, asked };
}

function createMemoryJournal(kept: TableEntry[] = []): ResponseJournal & { readonly kept: TableEntry[] } {
  return { kept, open: async () => [...kept], append: (entry) => void kept.push(entry) };
}

describe('recordResponseTable', () => {
  it('holds the answer to every prompt at its own entry', async () => {
    const table = await recordResponseTable(short, space, model, { orders: 3, draws: 2 });
    const actions = [...listJointActions(space)];
    let checked = 0;
    for (const [task, own] of short.entries()) {
      for (const [action, choice] of actions.entries()) {
        for (let orderIndex = 0; orderIndex < 3; orderIndex++) {
          for (let sampleIndex = 0; sampleIndex < 2; sampleIndex++) {
            // Window 2 of the task with one item is asked as window 1.
            const legal = task === 2 ? [0, choice[1]!, choice[2]!] : choice;
            const shown = presentTask(own, orderIndex);
            const { messages, estimatedTokens } = composePrompt(space, legal, shown.task);
            const { text } = await model.generate({ messages, sampleIndex, purpose: 'rank' });
            const ranking = [...text.matchAll(/\d/g)].map(([digit]) => shown.order[Number(digit) - 1]!);
            const entry = getTableEntry(table, ((task * 8 + action) * 3 + orderIndex) * 2 + sampleIndex);
            expect([...entry.ranking]).toEqual(ranking);
            expect(entry.inputTokens).toBe(estimatedTokens);
            expect(entry.status).toBe('ranked');
            checked++;
          }
        }
      }
    }
    expect(checked).toBe(table.statuses.length);
  });

  it('asks actions that come to the same prompt once', async () => {
    const { model: counted, asked } = countCalls(model);
    const table = await recordResponseTable(short, space, counted, { orders: 2, draws: 3 });
    // Four tasks with 8 prompts, one with 4, in 2 orders and 3 draws.
    expect(asked).toHaveLength((4 * 8 + 4) * 6);
    expect(new Set(asked).size).toBe(asked.length);
    expect(table.manifest.answers).toBe(asked.length);
    expect(table.manifest.entries).toEqual({ ranked: 240, invalid: 0, refused: 0, failed: 0, notAsked: 0 });
    const tokens = asked.reduce((sum, text) => {
      const [messages] = JSON.parse(text) as [{ text: string }[]];
      return sum + messages.reduce((total, message) => total + Math.ceil(message.text.length / 4), 0);
    }, 0);
    expect(table.manifest.inputTokens).toBe(tokens);
  });

  it('asks the chosen actions only', async () => {
    const { model: counted, asked } = countCalls(model);
    // Actions 1 and 5 differ in the window alone, which the task with one item does not tell apart.
    const table = await recordResponseTable(short, space, counted, { actions: [1, 5], orders: 1 });
    expect(asked).toHaveLength(9);
    expect(table.statuses).toHaveLength(10);
    expect(decodeJointAction(space, 5)).toEqual([1, 1, 0]);
    expect(getTableEntry(table, 5)).toEqual({ ...getTableEntry(table, 4), index: 5 });
  });

  it('tells invalid answers, refusals and failures apart, and why', async () => {
    const answers = [
      () => 'I cannot rank these.',
      () => {
        throw new TextModelError('content-filter', 'no');
      },
      () => {
        throw new TextModelError('server', 'down');
      },
      () => '[2] > [1]',
    ];
    let call = 0;
    const faulty = fromFunction({ id: 'faulty', answer: () => answers[call++ % 4]!() });
    const journal = createMemoryJournal();
    const table = await recordResponseTable(tasks, space, faulty, {
      orders: 1,
      actions: [0, 1, 2, 3],
      concurrency: 1,
      journal,
    });
    const statuses = [0, 1, 2, 3].map((index) => getTableEntry(table, index).status);
    expect(statuses).toEqual(['invalid:refusal', 'refused:content-filter', 'failed:server', 'ranked']);
    expect([...getTableEntry(table, 3).ranking]).toEqual([1, 0]);
    expect([...getTableEntry(table, 0).ranking]).toEqual([]);
    expect(getTableEntry(table, 2)).toMatchObject({ inputTokens: 0, outputTokens: 0 });
    expect(table.manifest.entries).toEqual({ ranked: 5, invalid: 5, refused: 5, failed: 5, notAsked: 0 });
    expect(table.manifest.answers).toBe(15);
    expect(journal.kept.map(({ status }) => status.split(':')[0])).not.toContain('failed');
    expect(journal.kept).toHaveLength(15);
  });

  it('asks again what a spent budget refused, and ends with the same table', async () => {
    const whole = await recordResponseTable(short, space, model);
    const journal = createMemoryJournal();
    const budget = createBudget({ maxCalls: 50 });
    const { model: counted, asked } = countCalls(model);
    const progress: number[] = [];
    const part = await recordResponseTable(short, space, withBudget(counted, budget), {
      journal,
      onProgress: ({ done, calls, failed }) => progress.push(done, calls, failed),
    });
    expect(asked).toHaveLength(50);
    expect(part.manifest.answers).toBe(50);
    // 36 prompts in 4 orders, 50 of them answered.
    expect(progress.slice(-3)).toEqual([144, 144, 94]);
    expect([...part.statuses].filter((code) => code === 16).length).toBe(part.manifest.entries.failed);
    expect(await recordResponseTable(short, space, counted, { journal })).toEqual(whole);
    expect(asked).toHaveLength(144);
  });

  it.each<[string, object]>([
    ['an entry beyond the table', { index: 1e6 }],
    ['a failed call', { status: 'failed:server', ranking: new Int32Array(0) }],
    ['an unknown status', { status: 'better' }],
    ['a ranking longer than the candidates', { ranking: Int32Array.of(0, 1, 2, 3, 4) }],
    ['a candidate twice', { ranking: Int32Array.of(1, 1) }],
    ['no ranking', { ranking: undefined }],
    ['a ranking of an invalid answer', { status: 'invalid:empty' }],
    ['tokens that are none', { outputTokens: Number.NaN }],
    ['tokens beyond 32 bits', { inputTokens: 2 ** 32 }],
  ])('refuses a journal that gives %s', async (_, change) => {
    const entry: TableEntry = {
      index: 3,
      status: 'ranked',
      inputTokens: 9,
      outputTokens: 2,
      ranking: Int32Array.of(1, 0),
    };
    const journal = createMemoryJournal([entry, { ...entry, ...change }]);
    await expect(recordResponseTable(tasks, space, model, { journal })).rejects.toMatchObject({
      defect: 'malformed-journal',
    });
  });

  it('refuses a model that counts no tokens, before a journal keeps what cannot be read again', async () => {
    const journal = createMemoryJournal();
    const uncounted: TextModel = {
      id: 'uncounted',
      async generate(request) {
        const response = await model.generate(request);
        return { ...response, usage: { ...response.usage, outputTokens: Number.NaN } };
      },
    };
    await expect(recordResponseTable(tasks, space, uncounted, { journal })).rejects.toThrow(
      "Expected outputTokens of the model's usage to be a number of at least 0, received NaN",
    );
    expect(journal.kept).toEqual([]);
  });

  it('is of the examples that its prompts showed', async () => {
    const [first] = tasks;
    const told = { ...first!, examples: [{ history: first!.history, chosen: { id: 'x', title: 'Chosen' } }] };
    const table = await recordResponseTable([told], space, model, { orders: 1 });
    expect(() => createTableSource(table, { tasks: [{ ...judged[0]!, task: told }] })).not.toThrow();
    const other = { ...told, examples: [{ history: first!.history, chosen: { id: 'y', title: 'Other' } }] };
    for (const task of [first!, other]) {
      expect(() => createTableSource(table, { tasks: [{ ...judged[0]!, task }] })).toThrow(
        'what a prompt shows of task',
      );
    }
  });

  it('rejects with the reason of its signal, and the journal keeps what was answered', async () => {
    const journal = createMemoryJournal();
    const controller = new AbortController();
    const reason = new Error('enough');
    const recording = recordResponseTable(tasks, space, model, {
      journal,
      concurrency: 4,
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 30) controller.abort(reason);
      },
    });
    await expect(recording).rejects.toBe(reason);
    const kept = journal.kept.length;
    expect(kept).toBeGreaterThanOrEqual(30);
    expect(kept).toBeLessThan(40);
    const { model: counted, asked } = countCalls(model);
    await recordResponseTable(tasks, space, counted, { journal });
    expect(asked).toHaveLength(160 - kept);
    await expect(recordResponseTable(tasks, space, model, { signal: controller.signal })).rejects.toBe(reason);
  });

  it('keeps nothing of an answer that comes after it was given up', async () => {
    const journal = createMemoryJournal();
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let call = 0;
    const late: TextModel = {
      id: model.id,
      async generate(request) {
        if (call++ === 0) throw new TextModelError('authentication', 'no key');
        await gate;
        return model.generate(request);
      },
    };
    await expect(recordResponseTable(tasks, space, late, { journal, concurrency: 2 })).rejects.toThrow('no key');
    release();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(journal.kept).toHaveLength(0);
  });
});

describe('planResponseTable', () => {
  it('announces the calls that are then made, and what they cost', async () => {
    const { model: counted, asked } = countCalls(model);
    const plan = planResponseTable(short, space, {
      orders: 2,
      draws: 3,
      prices: { inputPerMillion: 2, outputPerMillion: 10 },
      expectedOutputTokens: 20,
    });
    const table = await recordResponseTable(short, space, counted, { orders: 2, draws: 3 });
    expect(plan.calls).toBe(asked.length);
    expect(plan.entries).toBe(table.statuses.length);
    // All prompts are counted, as there are fewer than 1,000; a candidate order does not change their length.
    expect(plan.inputTokens).toBe(table.manifest.inputTokens);
    expect(plan.outputTokens).toBe(asked.length * 20);
    expect(plan.cost).toBeCloseTo((plan.inputTokens * 2 + plan.outputTokens * 10) / 1e6, 12);
    expect(planResponseTable(tasks, space)).not.toHaveProperty('cost');
  });

  it('estimates the tokens of many prompts from some of them', () => {
    const many: readonly RankingTask[] = createScriptedWorld({ users: 300, interaction: false }).tasks.map(
      ({ task }) => task,
    );
    const all = planResponseTable(many, space, { orders: 1, countTokens: (text) => text.length });
    let exact = 0;
    for (const task of many) {
      for (const choice of listJointActions(space)) exact += composePrompt(space, choice, task).text.length;
    }
    expect(all.calls).toBe(2400);
    expect(Math.abs(all.inputTokens / exact - 1)).toBeLessThan(0.01);
  });

  it('refuses an expectation that is no number of tokens', () => {
    expect(() => planResponseTable(tasks, space, { expectedOutputTokens: -1 })).toThrow('expectedOutputTokens');
    expect(() => planResponseTable(tasks, space, { orders: -1 })).toThrow('orders');
  });
});

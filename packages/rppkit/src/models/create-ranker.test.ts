import { createInteractionLog, type Dataset } from '@rppkit/datasets';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { createRanker } from './create-ranker.ts';

const items = ['Alien', 'Heat', 'Brazil'].map((title) => ({ id: title, title, attributes: { class: ['Drama'] } }));
const rows = items.flatMap(({ id }) => ['u', 'v'].map((user) => ({ user, item: id })));
const dataset: Dataset = { name: 'tiny', order: 'column', log: createInteractionLog(rows, items) };
const options = { dataset, synthetic: false, outsiders: Int32Array.of(0), environment: {} };

describe('createRanker', () => {
  it.each([
    ['simulated', 'simulated:weak temperature=0.7'],
    ['simulated:weak', 'simulated:weak temperature=0.7'],
    ['simulated:strong', 'simulated:strong temperature=0.7'],
  ])('opens %s, which costs nothing', async (name, id) => {
    const { model, free } = await createRanker({ ...options, name });
    expect(model.id.startsWith(`${id} knowledge=`)).toBe(true);
    expect(free).toBe(true);
    const messages = [{ role: 'user' as const, text: 'Candidates:\n[1] Heat\n[2] Alien\n\nRank them.' }];
    expect((await model.generate({ messages, sampleIndex: 0, purpose: 'rank' })).text).toMatch(/Heat|Alien/);
  });

  it.each([
    ['simulated:huge', 'simulated:weak (or simulated) or simulated:strong'],
    ['gpt-4o-mini', 'provider:name'],
    ['openai:gpt-4o-mini', 'OPENAI_API_KEY'],
  ])('refuses %s and says what to do', async (name, advice) => {
    const attempt = createRanker({ ...options, name });
    await expect(attempt).rejects.toThrow(UsageError);
    await expect(attempt).rejects.toThrow(advice);
  });

  it('needs users to know the data from', async () => {
    await expect(createRanker({ ...options, name: 'simulated', outsiders: new Int32Array() })).rejects.toThrow(
      '--train-users',
    );
  });
});

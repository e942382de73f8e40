import { TextModelError, type TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { fromFunction } from './from-function.ts';
import { type CallRecord, withCallObserver } from './with-call-observer.ts';

const ask = (text: string): TextRequest => ({ messages: [{ role: 'user', text }], sampleIndex: 0, purpose: 'rank' });

describeTextModel({
  name: 'observed model',
  create: async () => ({ model: withCallObserver(fromFunction({ id: 'm', answer: () => 'x' }), () => {}) }),
});

describe('withCallObserver', () => {
  it('tells of answers and of typed failures, with their requests', async () => {
    const records: CallRecord[] = [];
    const model = withCallObserver(
      createScriptedModel([
        'fine',
        new TextModelError('server', 'down'),
        new TextModelError('server', 'down', { possiblyPaid: true }),
      ]),
      (record) => records.push(record),
    );
    const response = await model.generate(ask('a'));
    await expect(model.generate(ask('b'))).rejects.toMatchObject({ failure: 'server' });
    await expect(model.generate(ask('b'))).rejects.toMatchObject({ failure: 'server' });
    expect(records).toEqual([
      { request: ask('a'), response },
      { request: ask('b'), failure: 'server', possiblyPaid: false },
      { request: ask('b'), failure: 'server', possiblyPaid: true },
    ]);
    // The script is dry: a mistake, not an outcome of a call.
    await expect(model.generate(ask('c'))).rejects.toMatchObject({ code: 'SCRIPT_DRY' });
    expect(records).toHaveLength(3);
  });

  it('keeps the id of the model, which store keys hold', () => {
    expect(withCallObserver(createScriptedModel([]), () => {}).id).toBe('scripted');
  });

  it('reports a call once, even where the observer throws', async () => {
    let calls = 0;
    const model = withCallObserver(createScriptedModel(['fine']), () => {
      calls++;
      throw new TextModelError('budget', 'enough');
    });
    await expect(model.generate(ask('a'))).rejects.toMatchObject({ failure: 'budget' });
    expect(calls).toBe(1);
  });
});

import { RppError, TextModelError, type TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { createScriptedModel } from './scripted-model.ts';

describeTextModel({
  name: 'scripted model',
  create: async () => ({ model: createScriptedModel(Array(8).fill('1. Alien\n2. Heat\n3. Fargo')) }),
  repeatable: true,
});

describe('createScriptedModel', () => {
  const ask = (text: string): TextRequest => ({ messages: [{ role: 'user', text }], sampleIndex: 0, purpose: 'rank' });

  it('answers first in, first out, and keeps the requests', async () => {
    const model = createScriptedModel(['one', 'two']);
    expect((await model.generate(ask('a'))).text).toBe('one');
    expect(model.remaining).toBe(1);
    expect((await model.generate(ask('b'))).text).toBe('two');
    expect(model.requests).toEqual([ask('a'), ask('b')]);
  });

  it('estimates usage: four characters a token', async () => {
    const response = await createScriptedModel(['12345']).generate(ask('12345678'));
    expect(response.usage).toEqual({ inputTokens: 2, outputTokens: 2, estimated: true });
  });

  it('rejects with a scripted error, then goes on', async () => {
    const model = createScriptedModel([new TextModelError('rate-limit', 'slow down', { status: 429 }), 'later']);
    await expect(model.generate(ask('a'))).rejects.toMatchObject({ failure: 'rate-limit', status: 429 });
    expect((await model.generate(ask('a'))).text).toBe('later');
  });

  it('is loud when dry', async () => {
    const model = createScriptedModel(['one']);
    await model.generate(ask('a'));
    const error = await model.generate(ask('surplus')).catch((thrown: unknown) => thrown);
    expect(RppError.isInstance(error)).toBe(true);
    // Not a TextModelError: an environment must not take it for a failed call and go on.
    expect(TextModelError.isInstance(error)).toBe(false);
    expect(error).toMatchObject({ code: 'SCRIPT_DRY', message: expect.stringContaining('at most 1 requests') });
    expect((error as Error).message).toContain('surplus');
  });
});

import { createRandomStream, InvalidArgumentError, type TextModel } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { assertTextModel } from './assert-text-model.ts';
import { createBudget } from './budget.ts';
import { guardTextModel } from './guard-text-model.ts';
import { withAdaptiveConcurrency } from './with-adaptive-concurrency.ts';
import { withBudget } from './with-budget.ts';
import { withCallObserver } from './with-call-observer.ts';
import { withConcurrencyLimit } from './with-concurrency-limit.ts';
import { withRateLimit } from './with-rate-limit.ts';
import { withRecording } from './with-recording.ts';
import { createMemoryStore, withResponseStore } from './with-response-store.ts';
import { withRetry } from './with-retry.ts';
import { withTimeout } from './with-timeout.ts';

const generate = async (): Promise<never> => expect.fail('Expected no call.');
const words = 'Expected model to be a text model with an id and generate';

describe('assertTextModel', () => {
  it.each([
    ['nothing', undefined, 'fromFunction'],
    ['null', null, 'fromFunction'],
    ['a name', 'gpt-4o-mini', 'fromFunction'],
    ['a function', generate, 'Wrap a function with fromFunction.'],
    ['no generate', { id: 'x' }, 'fromFunction'],
    ['no id', { generate }, 'fromFunction'],
    ['an id that is no text', { id: 3, generate }, 'fromFunction'],
    ['a chat model of LangChain', { generate, invoke: generate }, 'Wrap a LangChain model with fromLangChain.'],
    ['a Runnable with an id', { id: 'x', invoke: generate }, 'Wrap a LangChain model with fromLangChain.'],
    [
      'a LangChain model of any kind',
      { generate, lc_serializable: true },
      'Wrap a LangChain model with fromLangChain.',
    ],
    ['a model of the AI SDK', { doGenerate: generate }, 'Wrap an AI SDK model with fromAiSdk.'],
  ])('refuses %s and says what to do', (_what, model, advice) => {
    expect(() => assertTextModel(model)).toThrow(InvalidArgumentError);
    expect(() => assertTextModel(model)).toThrow(words);
    expect(() => assertTextModel(model)).toThrow(advice);
  });

  it('takes whatever has both, own or inherited', () => {
    class Inherited {
      get id(): string {
        return 'x';
      }
      generate = generate;
    }
    expect(() => assertTextModel({ id: 'x', generate })).not.toThrow();
    expect(() => assertTextModel(new Inherited())).not.toThrow();
  });

  const wrappers: Readonly<Record<string, (model: TextModel) => TextModel>> = {
    guardTextModel: (model) => guardTextModel(model, {}),
    withAdaptiveConcurrency: (model) => withAdaptiveConcurrency(model, { maximum: 1 }),
    withBudget: (model) => withBudget(model, createBudget({})),
    withCallObserver: (model) => withCallObserver(model, () => {}),
    withConcurrencyLimit: (model) => withConcurrencyLimit(model, 1),
    withRateLimit: (model) => withRateLimit(model, { requestsPerMinute: 1 }),
    withRecording: (model) => withRecording(model, () => {}),
    withResponseStore: (model) => withResponseStore(model, createMemoryStore()),
    withRetry: (model) => withRetry(model, { random: createRandomStream(1) }),
    withTimeout: (model) => withTimeout(model, 1),
  };
  it.each(Object.keys(wrappers))('is what %s asks', (name) => {
    for (const model of [undefined, { generate, invoke: generate }, { id: 'x' }]) {
      expect(() => wrappers[name]!(model as unknown as TextModel)).toThrow(words);
    }
  });
});

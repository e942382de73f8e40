import { InvalidArgumentError, type TextModel } from '@rppkit/spec';

/**
 * Throws `InvalidArgumentError` for what has no text `id` or no `generate`, and says how a model of another library becomes
 * a text model.
 */
export function assertTextModel(model: unknown): asserts model is TextModel {
  const { id, generate } = (model ?? {}) as Partial<TextModel>;
  // Not only generate: LangChain's chat models have a method of that name, which means something else.
  if (typeof id === 'string' && typeof generate === 'function') return;
  throw new InvalidArgumentError('model', 'a text model with an id and generate', model, createAdvice(model));
}

function createAdvice(model: unknown): string {
  const { invoke, lc_serializable: serializable, doGenerate } = (model ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof invoke === 'function' || typeof serializable === 'boolean')
    return 'Wrap a LangChain model with fromLangChain.';
  if (typeof doGenerate === 'function') return 'Wrap an AI SDK model with fromAiSdk.';
  if (typeof model === 'function') return 'Wrap a function with fromFunction.';
  return 'Wrap a LangChain model with fromLangChain, an AI SDK model with fromAiSdk, a function with fromFunction.';
}

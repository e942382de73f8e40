import { InvalidArgumentError } from '@rppkit/spec';
import { renderCanonicalJson } from './render-canonical-json.ts';

/** Parameters of a model that change its answers, as JSON. Never a key: they become part of ids, store keys and files. */
export type ModelParameters = Readonly<Record<string, unknown>>;

/**
 * The id of a model with parameters: `openai:gpt-4o-mini {"temperature":0.2,"topP":0.9}`, keys sorted. Throws
 * `InvalidArgumentError` for an empty id, for parameters that are no object, for what JSON cannot hold, and for a
 * parameter whose name says that it is secret.
 */
export function renderModelId(id: string, parameters: ModelParameters = {}): string {
  if (typeof id !== 'string' || id.trim() === '')
    throw new InvalidArgumentError('id', 'text that names provider and model', id);
  assertParameters(parameters);
  assertNoSecrets(parameters, 'parameters');
  const text = renderCanonicalJson(parameters, 'parameters');
  return text === '{}' ? id : `${id} ${text}`;
}

/** Throws `InvalidArgumentError` where `parameters` is no plain object. */
export function assertParameters(parameters: unknown): void {
  if (Object.prototype.toString.call(parameters) === '[object Object]') return;
  // Text in this place may be a key.
  const shown = typeof parameters === 'string' ? '(hidden)' : parameters;
  throw new InvalidArgumentError('parameters', 'an object', shown, 'Pass { temperature: 0.2 }, for example.');
}

function assertNoSecrets(value: unknown, argument: string): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, field] of Object.entries(value)) {
    if (/api[-_]?key|secret|password|authorization|access[-_]?token/i.test(name)) {
      // The value itself must not be shown.
      throw new InvalidArgumentError(
        `${argument}.${name}`,
        'absent, because ids are written to disk',
        typeof field === 'string' ? '(hidden)' : field,
        'Give keys to the model.',
      );
    }
    assertNoSecrets(field, `${argument}.${name}`);
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCanonicalJson } from './render-canonical-json.ts';
import { type ModelParameters, renderModelId } from './render-model-id.ts';

describe('renderModelId', () => {
  it('is the id alone without parameters', () => {
    expect(renderModelId('m')).toBe('m');
    expect(renderModelId('m', { seed: undefined })).toBe('m');
  });

  it('names parameters by sorted keys, at every depth', () => {
    const parameters = { topP: 0.9, providerOptions: { b: [{ z: null, a: true }], a: 'x' }, temperature: undefined };
    expect(renderModelId('m', parameters)).toBe('m {"providerOptions":{"a":"x","b":[{"a":true,"z":null}]},"topP":0.9}');
  });

  it.each([
    ['', {}, 'Expected id to be text'],
    ['m', { temperature: Number.NaN }, 'Expected parameters.temperature to be a JSON value'],
    ['m', { stop: [() => 1] }, 'Expected parameters.stop[0] to be a JSON value'],
    ['m', { Authorization: 'marked' }, 'Expected parameters.Authorization to be absent'],
    ['m', { a: [{ 'api-key': 1 }] }, 'Expected parameters.a.0.api-key to be absent'],
    ['m', null, 'Expected parameters to be an object, received null'],
    ['m', 'marked', 'Expected parameters to be an object, received "(hidden)"'],
    ['m', ['a'], 'Expected parameters to be an object, received Array of length 1'],
    ['m', () => 1, 'Expected parameters to be an object, received function'],
  ])('refuses %j with %o', (id, given, words) => {
    const parameters = given as unknown as ModelParameters;
    expect(() => renderModelId(id, parameters)).toThrow(words);
    expect(() => renderModelId(id, parameters)).not.toThrow('marked');
  });

  it('lets names with "token" pass that are no secrets', () => {
    expect(renderModelId('m', { maxOutputTokens: 9 })).toBe('m {"maxOutputTokens":9}');
  });
});

describe('renderCanonicalJson', () => {
  it.each([new Date(0), new Map([['a', 1]]), new Set([1]), /a/, () => 1, 1n, Number.NaN])(
    'refuses %s, which would look like another value',
    (stop) => {
      expect(() => renderCanonicalJson({ a: [stop] }, 'value')).toThrow('Expected value.a[0] to be a JSON value');
    },
  );

  it('does not depend on the order of keys, and is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = renderCanonicalJson(value, 'value');
        expect(renderCanonicalJson(Object.fromEntries(Object.entries(value).reverse()), 'value')).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

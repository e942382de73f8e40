import { describe, expect, it } from 'vitest';
import { findSecrets, removeSecrets } from './remove-secrets.ts';

describe('findSecrets', () => {
  it('finds keys in fields that are named so, the longest first', () => {
    const model = {
      apiKey: 'first-key',
      model: 'not-a-secret',
      models: new Map([['a', { apiKey: 'inside-a-map' }]]),
      clientConfig: { defaultHeaders: { Authorization: 'Bearer second-longer-key' }, apiToken: 'third-x' },
    };
    expect(findSecrets(model)).toEqual(['second-longer-key', 'inside-a-map', 'first-key', 'third-x']);
  });

  it('leaves out what is short, names of variables, functions, and what lies deep', () => {
    const model = {
      apiKey: () => 'behind-a-function',
      keyName: 'short',
      lc_secrets: { apiKey: 'OPENAI_API_KEY' },
      a: { b: { c: { apiKey: 'too-deep-down' } } },
      get secret(): string {
        throw new Error('a getter is not called');
      },
    };
    expect(findSecrets(model)).toEqual([]);
  });

  it('takes no rest of a scheme for a key', () => {
    const model = { authorization: 'Bearer ', token: 'Bearer x' };
    expect(findSecrets(model)).toEqual([]);
    expect(removeSecrets('an axle', findSecrets(model))).toBe('an axle');
  });

  it('ends with cycles, and takes anything', () => {
    const model: Record<string, unknown> = { apiKey: 'cyclic-key' };
    model['self'] = model;
    expect(findSecrets(model)).toEqual(['cyclic-key']);
    expect(findSecrets(undefined)).toEqual([]);
  });
});

describe('removeSecrets', () => {
  it.each([
    ['known odd/key here', 'known [key] here'],
    ['cut (odd+lo***ong) here', 'cut ([key] here'],
    ['encoded odd+lo%2Bng here', 'encoded [key] here'],
    ['sk-proj-0123_456789 bad', '[key] bad'],
    ['provided: sk-mar***********3456.', 'provided: [key].'],
    ['masked sk-mar***********3456.', 'masked [key].'],
    ['AIzaSyMarker-marker_123456 bad', '[key] bad'],
    ['Bearer abc.def bad', 'Bearer [key] bad'],
    ['x-api-key: abc bad', 'x-api-key: [key] bad'],
    ['0123456789abcdef0123456789abcdef bad', '[key] bad'],
    ['The model claude-3-5-sonnet-20241022 is not there', 'The model claude-3-5-sonnet-20241022 is not there'],
    ['Thisisaverylongwordwithoutdigits', 'Thisisaverylongwordwithoutdigits'],
  ])('makes %s into %s', (text, expected) => {
    expect(removeSecrets(text, ['odd+lo+and+long', 'odd/key'])).toBe(expected);
  });
});

import { expect, it } from 'vitest';
import { renderCanonicalJson } from './render-canonical-json.ts';

it('sorts keys at every depth, keeps the order of arrays, and leaves undefined properties out', () => {
  const value = { b: [{ d: 1, c: null }, 'x', undefined], a: { z: true, y: undefined } };
  expect(renderCanonicalJson(value)).toBe('{"a":{"z":true},"b":[{"c":null,"d":1},"x",null]}');
  expect(renderCanonicalJson({ a: { z: true }, b: [{ c: null, d: 1 }, 'x', undefined] })).toBe(
    renderCanonicalJson(value),
  );
});

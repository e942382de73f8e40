import { expect, it } from 'vitest';
import { prefixNames } from './network.ts';

it('prefixNames puts a place before each name', () => {
  expect(prefixNames('role/hidden', { names: ['0/kernel', '0/bias'] })).toEqual([
    'role/hidden/0/kernel',
    'role/hidden/0/bias',
  ]);
});

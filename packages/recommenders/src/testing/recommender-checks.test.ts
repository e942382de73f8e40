import { describe, expect, it } from 'vitest';
import { createBpr } from '../bpr/bpr.ts';
import { createPopularity } from '../popularity/popularity.ts';
import { createCounting, listFailedChecks } from './broken-recommenders.fixture.ts';
import { recommenderChecks } from './recommender-checks.ts';

describe('the conformance suite of recommenders', () => {
  it('passes sound ones', async () => {
    expect(await listFailedChecks({})).toEqual([]);
    expect(await listFailedChecks({ create: createPopularity, seeded: false, personal: false })).toEqual([]);
    expect(await listFailedChecks({ create: () => createBpr({ dimensions: 2, epochs: 2 }) })).toEqual([]);
    expect(await listFailedChecks(createCounting())).toEqual([]);
  });

  it('has a name for each check', () => {
    expect(new Set(recommenderChecks.map(({ name }) => name)).size).toBe(recommenderChecks.length);
  });
});

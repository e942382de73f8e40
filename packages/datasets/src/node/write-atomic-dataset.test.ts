import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { createInteractionLog } from '../interaction-log.ts';
import { readDataset } from './read-dataset.ts';
import { writeAtomicDataset } from './write-atomic-dataset.ts';

const items = [{ id: 'a', title: 'Lamp & "Co"', attributes: { year: '1999', genres: ['War', 'Film Noir'] } }];
const rows = [{ user: 'u', item: 'a', value: 4.5, time: 1_500_000_000 }];
const dataset: Dataset = { name: 'toys', log: createInteractionLog(rows, items), order: 'timestamp' };

describe('writeAtomicDataset', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rppkit-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('writes what readDataset reads back', async () => {
    const target = join(folder, 'new', 'toys');
    const userAttributes = new Map([['u', { age: '30' }]]);
    const paths = await writeAtomicDataset({ ...dataset, userAttributes }, target, { listBlanks: 'underscore' });
    expect(paths).toEqual(['toys.inter', 'toys.item', 'toys.user'].map((file) => join(target, file)));
    expect(await readdir(target)).toEqual(['toys.inter', 'toys.item', 'toys.user']);
    const back = await readDataset(target);
    expect(back.log.items).toEqual([{ ...items[0], attributes: { year: '1999', genres: ['War', 'Film_Noir'] } }]);
    expect({ ...back.log, items: [] }).toEqual({ ...dataset.log, items: [] });
    expect(back.userAttributes).toEqual(userAttributes);
  });

  it('replaces nothing where a field cannot be written', async () => {
    const target = join(folder, 'kept');
    await writeAtomicDataset(dataset, target, { listBlanks: 'underscore' });
    const before = await readFile(join(target, 'toys.inter'), 'utf8');
    await writeFile(join(target, 'other.txt'), 'x');
    const more = createInteractionLog([...rows, ...rows], items);
    await expect(writeAtomicDataset({ ...dataset, log: more }, target)).rejects.toThrow('without blanks');
    expect(await readFile(join(target, 'toys.inter'), 'utf8')).toBe(before);
    expect(await readdir(target)).toEqual(['other.txt', 'toys.inter', 'toys.item']);
  });

  it('removes attributes of users that a former data set of the name had, and keeps dots in names', async () => {
    const target = join(folder, 'again');
    const plain: Dataset = { ...dataset, name: 'toys.v2' };
    const userAttributes = new Map([['u', { age: '30' }]]);
    await writeAtomicDataset({ ...plain, userAttributes }, target, { listBlanks: 'underscore' });
    await writeAtomicDataset(plain, target, { listBlanks: 'underscore' });
    expect(await readdir(target)).toEqual(['toys.v2.inter', 'toys.v2.item']);
    const { log, userAttributes: read } = await readDataset(target);
    expect([log.items[0]!.title, read]).toEqual(['Lamp & "Co"', undefined]);
  });

  it.each(['', '../toys', 'a/b', 'a\\b'])('refuses the name %j', async (name) => {
    await expect(writeAtomicDataset({ ...dataset, name }, folder)).rejects.toThrow('Expected dataset.name to be');
  });
});

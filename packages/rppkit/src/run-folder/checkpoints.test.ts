import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppendedFile, createAppendedFile } from './appended-file.ts';
import { type RunCheckpoint, readCheckpoint, writeCheckpoint } from './checkpoints.ts';
import { createRunFolder, type RunFolder } from './run-folder.ts';

let root: string;
let folder: RunFolder;
let files: Record<'trajectories.jsonl' | 'metrics.csv', AppendedFile>;
let lines: string[];
const log = (line: string): void => void lines.push(line);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  folder = createRunFolder(root, { name: 'run', base: 'run' });
  const open = (name: string): AppendedFile => createAppendedFile(folder.resolve(name));
  files = { 'trajectories.jsonl': open('trajectories.jsonl'), 'metrics.csv': open('metrics.csv') };
  lines = [];
});

afterEach(() => rmSync(root, { recursive: true }));

/** The checkpoint after an update that wrote a line to each file. */
function write(updates: number): RunCheckpoint {
  for (const file of Object.values(files)) file.append(`update ${updates}\n`);
  const checkpoint: RunCheckpoint = {
    training: {
      version: 1,
      learner: {
        version: 1,
        architecture: 'test',
        tensors: [{ name: 'weights', shape: [2], values: Float32Array.of(updates, 0.5) }],
        optimizerSteps: [updates],
        algorithm: {},
      } as unknown as RunCheckpoint['training']['learner'],
      training: { updates, episodes: updates, calls: updates, mostCalls: updates, randomKey: [1, 2] },
    },
    environment: { visits: { a: updates }, space: {} } as unknown as RunCheckpoint['environment'] & object,
    curve: { points: [], pending: [0.25, updates] },
    files: { 'trajectories.jsonl': files['trajectories.jsonl'].mark(), 'metrics.csv': files['metrics.csv'].mark() },
    calls: [],
  };
  writeCheckpoint(folder, checkpoint);
  return checkpoint;
}

const place = (name: string): string => join(folder.resolve('checkpoints'), name);

describe('readCheckpoint', () => {
  it('gives the newest of the two that are kept', () => {
    write(1);
    write(2);
    const newest = write(10);
    expect(readdirSync(folder.resolve('checkpoints'))).toEqual(['00000002.ckpt', '00000010.ckpt']);
    expect(readCheckpoint(folder, log)).toEqual(newest);
    expect(lines).toEqual([]);
  });

  it('finds none in a new run', () => {
    expect(readCheckpoint(folder, log)).toBeUndefined();
  });

  it.each([
    ['cut off', (path: string) => truncateSync(path, 200)],
    ['empty', (path: string) => truncateSync(path, 0)],
    ['changed in one byte', (path: string) => writeFileSync(path, readFileSync(path).fill(0, 300, 301))],
    ['longer', (path: string) => appendFileSync(path, 'x')],
  ])('leaves out one that is %s', (_, damage) => {
    const older = write(1);
    write(2);
    damage(place('00000002.ckpt'));
    expect(readCheckpoint(folder, log)).toEqual(older);
    expect(lines).toEqual([expect.stringMatching(/00000002\.ckpt is damaged/)]);
  });

  it('leaves out those whose files have lost what they held', () => {
    const older = write(1);
    write(2);
    truncateSync(folder.resolve('metrics.csv'), 12);
    expect(readCheckpoint(folder, log)).toEqual(older);
    expect(lines).toEqual([expect.stringMatching(/metrics\.csv is not as it was/)]);
    truncateSync(folder.resolve('trajectories.jsonl'), 3);
    expect(readCheckpoint(folder, log)).toBeUndefined();
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPatternSpace, defaultPatterns, domains } from '@rppkit/patterns';
import type { JudgedTask } from '@rppkit/spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRunFolder, type RunFolder } from '../run-folder/run-folder.ts';
import { UsageError } from '../usage-error.ts';
import { readTrainingAnswers } from './read-training-answers.ts';

const space = createPatternSpace({ domain: domains.movies.en, patterns: defaultPatterns });
const tasks: readonly JudgedTask[] = ['a', 'b'].map((id) => ({
  task: { id, user: id, history: [], candidates: [] },
  relevance: new Map(),
}));
const names = space.patterns.map(({ name }) => name);
const shared = {
  update: 3,
  actions: Object.fromEntries(names.map((name, index) => [name, index])),
  propensities: Object.fromEntries(names.map((name) => [name, 0.25])),
};
const parsed = { kind: 'partial', order: [1], repeated: 1, foreign: [], approximate: 0, strategy: 'titles' };
const lines = [
  { ...shared, task: 'b', outcome: 'answered', parsed, reward: 0.5 },
  { ...shared, task: 'b', outcome: 'failed', failure: 'server' },
  { ...shared, task: 'gone', outcome: 'answered', parsed: { kind: 'invalid', reason: 'no-list' }, reward: 0.4 },
].map((line) => JSON.stringify(line));

let root: string;
let folder: RunFolder;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'training-answers-'));
  folder = createRunFolder(root, { base: 'run' });
  folder.write('config.json', '{}');
});
afterAll(() => rmSync(root, { recursive: true }));

it('reads choices and counts answers; a task that is gone leaves no choice', () => {
  expect(readTrainingAnswers(folder, { tasks, space })).toBeUndefined();
  writeFileSync(folder.resolve('trajectories.jsonl'), `${lines.join('\n')}\n`);
  expect(readTrainingAnswers(folder, { tasks, space })).toEqual({
    counts: { answers: 2, invalid: { 'no-list': 1 }, partial: 1, repeated: 1, foreign: 0, failed: { server: 1 } },
    choices: [{ task: 1, update: 3, actions: [0, 1, 2, 3], propensities: [0.25, 0.25, 0.25, 0.25], reward: 0.5 }],
  });
});

it('names a damaged line', () => {
  writeFileSync(folder.resolve('trajectories.jsonl'), `${lines[0]}\n{"update":3,"ta`);
  const read = () => readTrainingAnswers(folder, { tasks, space });
  expect(read).toThrow(UsageError);
  expect(read).toThrow('received line 2, which is damaged');
});

import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PromptExample } from '../experiment/results.ts';
import { UsageError } from '../usage-error.ts';
import { readExamples, readSoundExamples, writeExamples } from './example-file.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'examples-'));
});
afterEach(() => rmSync(path, { recursive: true }));

const create = (user: string): PromptExample => ({
  user,
  history: ['Solaris\u2028\n'],
  candidates: [{ title: 'Ran', relevant: true }],
  prompt: { text: 'Rank [1].', spans: [{ section: 'format', start: 0, end: 4 }] },
  answer: '[1]',
  ranking: ['Ran'],
  ndcg: 1,
  fixed: { answer: '', ranking: [], ndcg: 0.5 },
});

it('reads what was written, in order and as far as asked', () => {
  const examples = ['2', '10', '1'].map(create);
  writeExamples({ path }, examples);
  expect(readFileSync(join(path, 'examples.jsonl'), 'utf8').split('\n')).toHaveLength(4);
  expect(readExamples(path)).toEqual(examples);
  expect(readExamples(path, 2)).toEqual(examples.slice(0, 2));
  expect(readExamples(path, 0)).toEqual([]);
});

it('says what is missing, and where the file is damaged', () => {
  expect(readSoundExamples(path)).toEqual({ examples: [], damaged: 0 });
  expect(() => readExamples(path)).toThrow(/received no such file\. Evaluate it again/);
  writeExamples({ path }, [create('1')]);
  appendFileSync(join(path, 'examples.jsonl'), '{"user":"2"}\n');
  expect(readExamples(path, 1)).toHaveLength(1);
  expect(() => readExamples(path)).toThrow(UsageError);
  expect(() => readExamples(path)).toThrow(/examples\.jsonl, line 2/);
  expect(readSoundExamples(path)).toEqual({ examples: [create('1')], damaged: 1 });
});

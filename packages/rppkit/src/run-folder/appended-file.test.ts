import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { beginsAsMarked, createAppendedFile, reopenAppendedFile } from './appended-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'appended-'));
  path = join(folder, 'lines.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true }));

it('is empty at first, whatever was there, and counts bytes', () => {
  writeFileSync(path, 'old');
  const file = createAppendedFile(path);
  expect(readFileSync(path, 'utf8')).toBe('');
  file.append('é\n');
  // printf 'é\n' | sha256sum
  expect(file.mark()).toEqual({
    bytes: 3,
    sha256: 'edd3a863872a04239eb29ad4bc12fc892b3d4ae57cc7e786a3697816f8e141c2',
  });
});

it('goes on from a mark as if nothing had followed it', () => {
  const file = createAppendedFile(path);
  file.append('one\n');
  const mark = file.mark();
  file.append('two\n');
  const whole = file.mark();
  // A kill left half a line.
  appendFileSync(path, '{"torn');
  const reopened = reopenAppendedFile(path, mark);
  expect(readFileSync(path, 'utf8')).toBe('one\n');
  reopened.append('two\n');
  expect(reopened.mark()).toEqual(whole);
});

it('knows a file that is not as it was', () => {
  const file = createAppendedFile(path);
  file.append('one\ntwo\n');
  const mark = file.mark();
  file.append('three\n');
  expect(beginsAsMarked(path, mark)).toBe(true);
  writeFileSync(path, 'one\nTWO\nthree\n');
  expect(beginsAsMarked(path, mark)).toBe(false);
  expect(() => reopenAppendedFile(path, mark)).toThrow('does not begin as marked');
  writeFileSync(path, 'one\ntwo\n');
  truncateSync(path, 5);
  expect(beginsAsMarked(path, mark)).toBe(false);
  rmSync(path);
  expect(beginsAsMarked(path, mark)).toBe(false);
});

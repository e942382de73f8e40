import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { createRunFolder } from './run-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rppkit-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A folder with files that hold something. */
function make(name: string, ...files: readonly string[]): void {
  mkdirSync(join(root, name));
  for (const file of files) writeFileSync(join(root, name, file), 'something');
}

describe('createRunFolder', () => {
  it('makes nothing yet', () => {
    createRunFolder(root, { name: 'run', base: 'run' });
    expect(readdirSync(root)).toEqual([]);
  });

  it('gives a name again where a run was killed before it began, and only there', () => {
    make('empty');
    make('killed', 'lock', 'config.json', 'manifest.json.new');
    make('transfer', 'policy.rpp', 'training.json');
    for (const name of ['empty', 'killed', 'transfer'])
      expect(createRunFolder(root, { name, base: name }).name).toBe(name);
    make('begun', 'config.json', 'manifest.json');
    make('answers', 'config.json', 'responses');
    make('notes', 'notes.txt');
    writeFileSync(join(root, 'file'), '');
    for (const name of ['begun', 'answers', 'notes', 'file']) {
      expect(() => createRunFolder(root, { name, base: name })).toThrow(UsageError);
    }
  });

  it('counts on to a free name', () => {
    make('run', 'manifest.json');
    make('run-2', 'manifest.json');
    make('run-3', 'lock');
    expect(createRunFolder(root, { base: 'run' }).name).toBe('run-3');
    make('run-4', 'manifest.json');
    writeFileSync(join(root, 'run-3', 'manifest.json'), '');
    expect(createRunFolder(root, { base: 'run' }).name).toBe('run-5');
  });
});

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RppError } from '@rppkit/spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendToFile, replaceFile } from './durable-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'durable-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What the action throws. */
function catchError(action: () => void): RppError {
  try {
    action();
  } catch (error) {
    if (RppError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('Expected an error, received none.');
}

describe('replaceFile', () => {
  it('makes folders, replaces what was there and leaves nothing beside it', () => {
    const path = join(folder, 'a', 'b', 'file');
    replaceFile(path, 'first and longer');
    replaceFile(path, Uint8Array.of(111, 107));
    expect(readFileSync(path, 'utf8')).toBe('ok');
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['file']);
  });

  it('says which path cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const error = catchError(() => replaceFile(join(folder, 'file', 'below'), 'x'));
    expect(error.code).toBe('RUN_FOLDER');
    expect(error.message).toContain(`Expected to write ${join(folder, 'file')}`);
  });

  it.skipIf(!existsSync('/dev/full'))('keeps the old file on a full disk', () => {
    const path = join(folder, 'file');
    replaceFile(path, 'old');
    symlinkSync('/dev/full', `${path}.new`);
    const error = catchError(() => replaceFile(path, 'new'));
    expect(error.message).toContain('ENOSPC');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

describe('appendToFile', () => {
  it('adds to the end, and makes the file', () => {
    const path = join(folder, 'new', 'log');
    appendToFile(path, 'a\n', { flush: true });
    appendToFile(path, 'b\n', { flush: false });
    expect(readFileSync(path, 'utf8')).toBe('a\nb\n');
  });

  it.skipIf(!existsSync('/dev/full'))('says that the disk is full', () => {
    const path = join(folder, 'log');
    symlinkSync('/dev/full', path);
    const error = catchError(() => appendToFile(path, 'x', { flush: false }));
    expect(error.message).toMatch(/ENOSPC.*Make room on the disk/);
  });
});

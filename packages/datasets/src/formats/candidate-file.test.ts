import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryFile } from '../files/data-file.ts';
import { type CandidateFileOptions, readCandidateFile, renderCandidateFile } from './candidate-file.ts';

function read(content: string | Uint8Array, options?: CandidateFileOptions): Promise<Map<string, readonly string[]>> {
  return readCandidateFile(createMemoryFile('x.test', content), options);
}

describe('readCandidateFile', () => {
  it('reads items by user, in file order, repeated ones too', async () => {
    const candidates = await read('u2\t3 1 2 1\r\n\nu 1\t7  8 \n10\té');
    expect([...candidates]).toEqual([
      ['u2', ['3', '1', '2', '1']],
      ['u 1', ['7', '8']],
      ['10', ['é']],
    ]);
  });

  it('accepts known ids', async () => {
    const options = { users: ['u'], items: new Set(['1', '2']) };
    expect(await read('u\t2 1\n', options)).toEqual(new Map([['u', ['2', '1']]]));
  });

  const layout = 'a user, a tab and items with blanks between them';
  it.each([
    ['an empty file', '', {}, undefined, 'lines of text', 'an empty file'],
    ['no tab', 'u\t1\nu 1 2\n', {}, 2, layout, '"u 1 2"'],
    ['no user', '\t1 2\n', {}, 1, layout, '"\\t1 2"'],
    ['no items', 'u\t \n', {}, 1, layout, '"u\\t "'],
    ['two tabs', 'u\t1\t2\n', {}, 1, layout, '"u\\t1\\t2"'],
    ['a user twice', 'u\t1\nv\t1\nu\t2\n', {}, 3, 'one line for each user', 'user "u" again (first in line 1)'],
    ['an unknown user', 'u\t1\nv\t1\n', { users: ['u'] }, 2, 'a known user', '"v"'],
    ['an unknown item', 'u\t1 9\n', { items: ['1'] }, 1, 'known items', '"9" for user "u"'],
    ['other text than UTF-8', new Uint8Array([0xe4, 0x09, 0x31]), {}, 1, 'text in UTF-8', 'other bytes'],
  ])('refuses %s', async (_, content, options, line, expected, received) => {
    await expect(read(content, options)).rejects.toMatchObject({
      code: 'DATASET',
      file: 'x.test',
      line,
      expected,
      received,
    });
  });

  it('counts bad lines and leaves them out', async () => {
    const lines: (number | undefined)[] = [];
    const options: CandidateFileOptions = { items: ['1', '2'], onBadLine: ({ line }) => lines.push(line) };
    expect([...(await read('u\t1 2\nv\t3\nu\t1\nw\t2\nx\n', options)).keys()]).toEqual(['u', 'w']);
    expect(lines).toEqual([2, 3, 5]);
    await expect(read('x\n', options)).rejects.toThrow('expected at least one user with candidates, received none');
  });

  it('accepts a user again whose first line was bad', async () => {
    const options: CandidateFileOptions = { items: ['1'], onBadLine: () => {} };
    expect(await read('u\t9\nu\t1\n', options)).toEqual(new Map([['u', ['1']]]));
  });
});

describe('renderCandidateFile', () => {
  it('gives a line for each user', () => {
    expect([...renderCandidateFile(new Map([['u', ['1', '2']]]))]).toEqual(['u\t1 2\n']);
  });

  it('is read back to the same map', async () => {
    const user = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\0\t\r\n\ufeff]/.test(text));
    const item = user.filter((text) => !text.includes(' '));
    const entry = fc.tuple(user, fc.array(item, { minLength: 1 }));
    const maps = fc.uniqueArray(entry, { minLength: 1, selector: ([id]) => id });
    await fc.assert(
      fc.asyncProperty(maps, async (entries) => {
        const read = await readCandidateFile(
          createMemoryFile('x', [...renderCandidateFile(new Map(entries))].join('')),
        );
        expect([...read]).toEqual(entries);
      }),
    );
  });

  it.each([
    ['an empty user', '', ['1']],
    ['a user with a tab', 'a\tb', ['1']],
    ['a user with a byte order mark', '\ufeffa', ['1']],
    ['a user with half a character', '\ud800', ['1']],
    ['a user without items', 'u', []],
    ['an empty item', 'u', ['1', '']],
    ['an item with a blank', 'u', ['1 2']],
    ['an item with a line end', 'u', ['1\n']],
  ])('refuses %s', (_, user, items) => {
    expect(() => [...renderCandidateFile(new Map([[user, items]]))]).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', argument: 'candidates' }),
    );
  });
});

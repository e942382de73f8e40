import { fromFunction } from '@rppkit/env';
import { TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { computeCrc32 } from './crc32.ts';
import { recordResponseTable } from './record-response-table.ts';
import { ResponseTableError } from './response-table-error.ts';
import { decodeResponseTable, encodeResponseTable } from './table-codec.ts';

const { space, tasks } = createScriptedWorld({ users: 3, interaction: true });
let call = 0;
const faulty = fromFunction({
  id: 'faulty',
  answer() {
    call++;
    if (call % 5 === 0) throw new TextModelError('server', 'down');
    return call % 7 === 0 ? 'no list' : '[2] > [1] > [4]';
  },
});
const plain = tasks.map(({ task }, place) => {
  return place === 1 ? { ...task, candidates: task.candidates.slice(0, 3) } : task;
});
const table = await recordResponseTable(plain, space, faulty, { orders: 2, concurrency: 1 });
const bytes = encodeResponseTable(table);
const headerLength = new DataView(bytes.buffer).getUint32(12, true);

/** The bytes after a change, with a checksum that fits again. */
function change(edit: (copy: Uint8Array) => Uint8Array | undefined): Uint8Array {
  const copy = bytes.slice();
  const changed = edit(copy) ?? copy;
  const end = changed.length - 4;
  new DataView(changed.buffer).setUint32(end, computeCrc32(changed.subarray(0, end)), true);
  return changed;
}

/** The bytes with another header of any length. */
function changeHeader(edit: (header: Record<string, unknown>) => unknown): Uint8Array {
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(16, 16 + headerLength))) as Record<string, unknown>;
  const text = new TextEncoder().encode(JSON.stringify(edit(header) ?? header));
  return change(() => {
    const changed = new Uint8Array(bytes.length - headerLength + text.length);
    changed.set(bytes.subarray(0, 16));
    new DataView(changed.buffer).setUint32(12, text.length, true);
    changed.set(text, 16);
    changed.set(bytes.subarray(16 + headerLength), 16 + text.length);
    return changed;
  });
}

function readDefect(damaged: Uint8Array): string {
  try {
    decodeResponseTable(damaged);
  } catch (error) {
    expect(error).toBeInstanceOf(ResponseTableError);
    return (error as ResponseTableError).defect;
  }
  return 'none';
}

describe('encodeResponseTable', () => {
  it('is read back as it was, also from the middle of a buffer', () => {
    expect(decodeResponseTable(bytes)).toEqual(table);
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(decodeResponseTable(larger.subarray(3))).toEqual(table);
    expect(encodeResponseTable(decodeResponseTable(bytes))).toEqual(bytes);
  });

  it('lays out the bytes as documented', () => {
    const view = new DataView(bytes.buffer);
    const entries = 3 * 8 * 2;
    expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x52, 0x50, 0x54, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(view.getUint32(8, true)).toBe(1);
    expect(headerLength % 4).toBe(0);
    const manifest: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(16, 16 + headerLength)));
    expect(manifest).toEqual(table.manifest);
    const start = 16 + headerLength;
    expect(bytes).toHaveLength(start + entries * (4 + 4 + 1 + 4) + 4);
    // Calls 1, 2, 3, 4 are answered, call 5 fails, call 7 has no list.
    const read = (index: number) => [
      view.getUint32(start + 4 * index, true),
      view.getUint32(start + 4 * entries + 4 * index, true),
      bytes[start + 8 * entries + index],
      [...bytes.subarray(start + 9 * entries + 4 * index, start + 9 * entries + 4 * index + 4)],
    ];
    // 15 characters of the answer are 4 tokens; order 0 is the task's own, so that shown numbers are indices and one.
    expect(read(0)).toEqual([table.inputTokens[0], 4, 1, [1, 0, 3, 255]]);
    expect(read(4)).toEqual([0, 0, 12, [255, 255, 255, 255]]);
    expect(read(6)[2]).toBe(4);
    expect(table.inputTokens[0]).toBeGreaterThan(10);
  });
});

describe('decodeResponseTable', () => {
  it('says what is wrong with the bytes', () => {
    expect(readDefect(bytes)).toBe('none');
    expect(readDefect(new TextEncoder().encode('{"some":"json"}, long enough'))).toBe('wrong-magic');
    for (const length of [0, 5, 15, 20, 16 + headerLength, bytes.length - 1]) {
      expect(readDefect(bytes.slice(0, length))).toBe('truncated');
    }
    expect(readDefect(Uint8Array.of(...bytes, 0))).toBe('entries-length');
    expect(readDefect(change((copy) => void new DataView(copy.buffer).setUint32(8, 2, true)))).toBe(
      'unsupported-version',
    );
    const flipped = bytes.slice();
    flipped[bytes.length - 20]! ^= 1;
    expect(readDefect(flipped)).toBe('checksum');
    expect(readDefect(change((copy) => void copy.set([0xff], 17)))).toBe('malformed-header');
  });

  it.each([
    ['no object', () => null],
    ['format', () => ({ format: 'other' })],
    ['version', () => ({ version: 2 })],
    ['model', () => ({ model: 1 })],
    ['spaceChecksum', () => ({ spaceChecksum: null })],
    ['orders', () => ({ orders: 0 })],
    ['draws', () => ({ draws: '1' })],
    ['answers', () => ({ answers: -1 })],
    ['a checksum of another space', () => ({ spaceChecksum: '00000000' })],
    ['a space of another checksum', () => ({ space: { ...space, phrases: { emptyHistory: 'Nothing.' } } })],
    ['entries', () => ({ entries: { ranked: 'many' } })],
    ['fewer entries', () => ({ entries: { ranked: table.manifest.entries.ranked } })],
    ['other entries', () => ({ entries: { ...table.manifest.entries, failed: 0 } })],
    ['no entries', () => ({ entries: null })],
    ['no tasks', () => ({ tasks: [] })],
    ['a task without id', () => ({ tasks: [null] })],
    ['a task of 256', () => ({ tasks: [{ id: 't', checksum: '', candidates: 256 }] })],
    ['space', () => ({ space: {} })],
    ['no actions', () => ({ actions: [] })],
    ['actions that fall', () => ({ actions: [1, 0] })],
    ['actions outside', () => ({ actions: [8] })],
  ])('refuses a header with a wrong field: %s', (_, edit) => {
    const fields = edit();
    const damaged = changeHeader((header) => (fields === null ? 'text' : { ...header, ...fields }));
    expect(readDefect(damaged)).toBe('malformed-header');
  });

  it.each([
    ['an unknown status', 8, 17],
    ['a ranking of an invalid answer', 8, 4],
    ['no candidate of the task', 9, 4],
    ['a candidate twice', 9, 0],
  ])('refuses entries with %s', (_, bytesBefore, value) => {
    const start = 16 + headerLength + bytesBefore * table.statuses.length;
    expect(readDefect(change((copy) => void copy.set([value], start)))).toBe('malformed-entries');
  });

  it('refuses a ranking with a gap', () => {
    const start = 16 + headerLength + 9 * table.statuses.length;
    expect(readDefect(change((copy) => void copy.set([255], start)))).toBe('malformed-entries');
  });
});

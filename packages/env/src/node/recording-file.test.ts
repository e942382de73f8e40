import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TextModelError, type TextRequest } from '@rppkit/spec';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReplayModel } from '../text-models/create-replay-model.ts';
import { fromFunction } from '../text-models/from-function.ts';
import { createRecordedCall, type RecordedCall } from '../text-models/recorded-call.ts';
import { withRecording } from '../text-models/with-recording.ts';
import { openRecording, readRecording } from './recording-file.ts';

const ask = (text: string, sampleIndex = 0): TextRequest => ({
  messages: [{ role: 'user', text }],
  sampleIndex,
  purpose: 'rank',
});
const failed = (text: string): RecordedCall => createRecordedCall('m', ask(text), new TextModelError('server', 'down'));

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recording-'));
  path = join(folder, 'calls.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

async function write(...calls: readonly RecordedCall[]): Promise<void> {
  const recording = await openRecording(path);
  for (const call of calls) await recording.write(call);
  await recording.close();
}

describe('openRecording', () => {
  it('keeps what is written, in order, and appends to what is there', async () => {
    const recording = await openRecording(path);
    const model = withRecording(fromFunction({ id: 'm', answer: () => '日本\n語' }), recording.write);
    await Promise.all(Array.from({ length: 50 }, (_, index) => model.generate(ask('a', index))));
    // Each is on disk before it is returned.
    expect((await readRecording(path)).calls).toHaveLength(50);
    await recording.close();
    await write(failed('b'));
    const { calls, cutOff } = await readRecording(path);
    expect(calls.map(({ request }) => request.sampleIndex)).toEqual([...Array.from({ length: 50 }, (_, n) => n), 0]);
    expect(cutOff).toBe(false);
    const replay = createReplayModel(calls);
    expect((await replay.generate(ask('a', 49))).text).toBe('日本\n語');
    await expect(replay.generate(ask('b'))).rejects.toMatchObject({ failure: 'server' });
  });

  it('removes the beginning of a line that a crash left, wherever it was cut', async () => {
    await write(failed('premières 日本'), failed('größer 日本'));
    const bytes = await readFile(path);
    const start = bytes.indexOf(10) + 1;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: bytes.length - start - 2 }), async (kept) => {
        await writeFile(path, bytes.subarray(0, start + kept));
        expect(await readRecording(path)).toEqual({ calls: [failed('premières 日本')], cutOff: true });
        await write(failed('third'));
        expect(await readRecording(path)).toEqual({
          calls: [failed('premières 日本'), failed('third')],
          cutOff: false,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a last line that only lacks its end', async () => {
    await write(failed('first'));
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.trimEnd());
    expect(await readRecording(path)).toEqual({ calls: [failed('first')], cutOff: false });
    await write(failed('second'));
    expect((await readRecording(path)).calls).toEqual([failed('first'), failed('second')]);
  });

  it('never cuts a file that is no recording', async () => {
    for (const text of ['my notes', '{"name":"x"}', '{"schema":"other', `${JSON.stringify(failed('a'))}\nnotes`]) {
      await writeFile(path, text);
      await expect(openRecording(path)).rejects.toMatchObject({ code: 'RECORDING' });
      expect(await readFile(path, 'utf8')).toBe(text);
    }
    await expect(openRecording(folder)).rejects.toThrow('EISDIR');
  });

  it('writes nothing any more after a failed write', async () => {
    const recording = await openRecording(path);
    await recording.write(failed('first'));
    await recording.close();
    // The file is closed, so that writing fails.
    await expect(recording.write(failed('second'))).rejects.toThrow();
    await expect(recording.write(failed('third'))).rejects.toThrow();
    await recording.close();
    expect((await readRecording(path)).calls).toEqual([failed('first')]);
  });
});

describe('paths and files that cannot be used', () => {
  const refusal = (received: string) => ({
    code: 'RECORDING',
    message: expect.stringMatching(`Expected .*${received}`),
  });

  it('is an error that says so, for a folder, a file that is absent, and one in no folder', async () => {
    await expect(openRecording(folder)).rejects.toMatchObject(refusal('EISDIR'));
    await expect(readRecording(folder)).rejects.toMatchObject(refusal('EISDIR'));
    await expect(readRecording(path)).rejects.toMatchObject(refusal('ENOENT'));
    await expect(openRecording(join(folder, 'none', 'calls.jsonl'))).rejects.toMatchObject(refusal('ENOENT'));
  });

  it('is one for a write after the recording was closed', async () => {
    const recording = await openRecording(path);
    await recording.close();
    await expect(recording.write(failed('late'))).rejects.toMatchObject(refusal('a closed one'));
    expect((await readRecording(path)).calls).toEqual([]);
  });
});

describe('readRecording', () => {
  it('reads an empty recording', async () => {
    await (await openRecording(path)).close();
    expect(await readRecording(path)).toEqual({ calls: [], cutOff: false });
  });

  it.each([
    ['not JSON', 'oops'],
    ['an empty line', ''],
    ['another object', '{"schema":"other"}'],
    ['a cut line', '{"schema":"rppkit/recorded-call","ver'],
  ])('names the line of other damage: %s', async (_, line) => {
    await write(failed('first'), failed('second'));
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, lines.toSpliced(1, 0, line).join('\n'));
    await expect(readRecording(path)).rejects.toMatchObject({
      code: 'RECORDING',
      message: expect.stringContaining(`${path}:2`),
    });
  });
});

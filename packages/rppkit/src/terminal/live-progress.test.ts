import xterm from '@xterm/headless';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallFacts, RunFacts } from '../experiment/run-facts.ts';
import { type EmulatedTerminal, emulateTerminal } from './emulated-terminal.fixture.ts';
import { createLiveProgress } from './live-progress.ts';
import type { Progress } from './progress.ts';

function createEmulatedTerminal(cols: number, rows: number, options: { readonly colour?: boolean } = {}) {
  return emulateTerminal(new xterm.Terminal({ cols, rows, convertEol: true, allowProposedApi: true }), options);
}

const calls: CallFacts = {
  counts: [
    {
      phase: 'best fixed prompt',
      announced: 1000,
      fromModel: 900,
      fromStore: 88,
      failed: 12,
      failures: { server: 2, timeout: 10 },
    },
    { phase: 'train', announced: 2000, fromModel: 500, fromStore: 0, failed: 0, failures: {} },
  ],
  inputTokens: 1_234_567,
  outputTokens: 89_012,
  cost: 1.239,
  invalid: { refusal: 3, 'no-list': 40 },
  underWay: 4,
  rateLimit: { limit: 4, maximum: 16, pausedUntil: 12_000 + 5000, refused: 7 },
};
const facts: RunFacts = {
  phases: [
    { label: 'best fixed prompt', total: 1000 },
    { label: 'train', total: 2000 },
    { label: 'evaluate', total: 12_000 },
  ],
  calls,
  training: { update: 8, updates: 32, reward: { mean: 0.4123, low: 0.4, high: 0.4246 } },
  bestFixed: {
    description: 'role expert, history last-10, reasoning plain, format indices',
    ndcg: { mean: 0.4321, answers: 512 },
  },
};

let time = 0;

beforeEach(() => {
  time = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setImmediate'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Time passes, and the view is repainted. */
function pass(milliseconds: number): void {
  time += milliseconds;
  vi.advanceTimersByTime(200);
}

/** A run in the middle of its training, ten seconds into it, with a line written before. */
function startRun({ stream }: EmulatedTerminal, changes: Partial<RunFacts> = {}): Progress {
  stream.write('Run: runs/demo\n');
  const progress = createLiveProgress(stream, { now: () => time });
  progress.update!({ phases: facts.phases });
  progress.begin('best fixed prompt', 1000);
  pass(2000);
  progress.advance(1000);
  progress.end();
  progress.begin('train', 2000);
  progress.advance(0);
  pass(10_000);
  progress.advance(500);
  progress.update!({ ...facts, ...changes });
  pass(0);
  return progress;
}

const viewAt80 = `
best fixed prompt ████████████████████████ 1,000/1,000
train             ██████░░░░░░░░░░░░░░░░░░ 500/2,000
evaluate          ░░░░░░░░░░░░░░░░░░░░░░░░ 0/12,000
Time        12 s so far; about 30 s left of train, 4 min 30 s in all
Training    update 8 of 32, NDCG@10 .412 ±.012
Best fixed  NDCG@10 .432 on 512 answers: role expert, history last-10, reasoning
            plain, format indices
Calls       1,400 answered by the model, 88 read from the store (5.9 %), 4 under
            way
Tokens      1,234,567 of prompts, 89,012 of answers; cost 1.24
Invalid     43 answers: no-list 40, refusal 3
Failed      12 calls: timeout 10, server 2
Rate limit  paused for 5 s; 4 instead of 16 calls at a time; 7 refused so far`
  .trim()
  .split('\n');

const viewAt40 = `
best fixed prompt ██████████ 1,000/1,000
train             ██░░░░░░░░ 500/2,000
evaluate          ░░░░░░░░░░ 0/12,000
Time        12 s so far; about 30 s left
            of train, 4 min 30 s in all
Training    update 8 of 32, NDCG@10 .412
            ±.012
Best fixed  NDCG@10 .432 on 512 answers:
            role expert, history
            last-10, reasoning plain,
            format indices
Calls       1,400 answered by the model,
            88 read from the store (5.9
            %), 4 under way
Tokens      1,234,567 of prompts, 89,012
            of answers; cost 1.24
Invalid     43 answers: no-list 40,
            refusal 3
Failed      12 calls: timeout 10, server
            2
Rate limit  paused for 5 s; 4 instead of
            16 calls at a time; 7
            refused so far`
  .trim()
  .split('\n');

describe('the screen', () => {
  it('shows a run at 80x24', async () => {
    const terminal = createEmulatedTerminal(80, 24);
    startRun(terminal);
    expect(await terminal.readLines()).toEqual(['Run: runs/demo', ...viewAt80]);
    expect(await terminal.readCursor()).toEqual([1 + viewAt80.length, 0]);
  });

  it('shows it at 200x50 in 100 columns', async () => {
    const terminal = createEmulatedTerminal(200, 50);
    startRun(terminal);
    const lines = await terminal.readLines();
    expect(lines.slice(6, 9)).toEqual([
      'Best fixed  NDCG@10 .432 on 512 answers: role expert, history last-10, reasoning plain, format',
      '            indices',
      'Calls       1,400 answered by the model, 88 read from the store (5.9 %), 4 under way',
    ]);
    expect(lines).toHaveLength(1 + 3 + 9);
  });

  it('shows it in 40 columns', async () => {
    const terminal = createEmulatedTerminal(40, 40);
    startRun(terminal);
    expect(await terminal.readLines()).toEqual(['Run: runs/demo', ...viewAt40]);
  });

  it.each([10, 16, 25])('breaks no line of its own in %d columns', async (columns) => {
    const terminal = createEmulatedTerminal(columns, 200);
    const progress = startRun(terminal);
    pass(1000);
    progress.close!();
    const lines = await terminal.readLines();
    expect(lines.filter((line) => line.startsWith('Rate')).length).toBe(1);
    expect(lines.filter((line) => line.startsWith('bes')).length).toBe(1);
  });

  it('leaves phases that have ended out first where the window is low, then those that wait', async () => {
    const lower = async (rows: number): Promise<readonly string[]> => {
      time = 0;
      const terminal = createEmulatedTerminal(80, rows);
      startRun(terminal).close!();
      return (await terminal.readLines()).slice(1);
    };
    const [, train, evaluate, ...rest] = viewAt80;
    const shorten = (line: string): string => line.replace(/^(\w+) +/, (_, label: string) => `${label.padEnd(8)} `);
    expect(await lower(13)).toEqual([shorten(train!), shorten(evaluate!), ...rest]);
    expect(await lower(12)).toEqual([train!.replace(/^train +/, 'train '), ...rest]);
  });

  it('shows the phase that runs, however many ended before', async () => {
    const terminal = createEmulatedTerminal(80, 10);
    const progress = createLiveProgress(terminal.stream, { now: () => time });
    for (let phase = 0; phase < 30; phase++) {
      progress.begin(`row ${phase}`, 10);
      progress.advance(5);
      if (phase < 29) progress.end();
    }
    progress.update!({ calls });
    pass(1000);
    progress.close!();
    const lines = await terminal.readLines();
    expect(lines.find((line) => line.startsWith('row 29'))).toMatch(/5\/10$/);
    expect(lines.at(-1)).toContain('Rate limit');
  });

  it('leaves the last facts out where the window is lower still', async () => {
    const terminal = createEmulatedTerminal(80, 6);
    const progress = startRun(terminal);
    for (let second = 0; second < 3; second++) pass(1000);
    progress.close!();
    const lines = await terminal.readLines();
    expect(lines.slice(0, 3)).toEqual([
      'Run: runs/demo',
      'train ██████░░░░░░░░░░░░░░░░░░ 500/2,000',
      'Time        15 s so far; about 30 s left of train, 4 min 30 s in all',
    ]);
    expect(lines).toHaveLength(6);
  });

  it('moves with the time and stays where it ends, with the cursor below', async () => {
    const terminal = createEmulatedTerminal(80, 24);
    const progress = startRun(terminal);
    pass(3000);
    progress.advance(1300);
    progress.update!({ calls: { ...calls, invalid: {}, rateLimit: { ...calls.rateLimit!, pausedUntil: 0 } } });
    pass(3000);
    progress.end();
    progress.close!();
    pass(60_000);
    const lines = await terminal.readLines();
    expect(lines[2]).toBe('train             ███████████████░░░░░░░░░ 1,300/2,000');
    expect(lines[4]).toBe('Time        18 s so far');
    expect(lines.at(-1)).toBe('Rate limit  4 instead of 16 calls at a time; 7 refused so far');
    expect(lines.join('\n')).not.toContain('Invalid');
    expect(lines).toHaveLength(viewAt80.length);
    terminal.stream.write('Error: done\n');
    expect((await terminal.readLines()).slice(-2)).toEqual([lines.at(-1), 'Error: done']);
  });

  it('puts what others write above the view', async () => {
    const terminal = createEmulatedTerminal(80, 24);
    const progress = startRun(terminal);
    terminal.stream.write('(node:1) Warning: first\n');
    pass(0);
    terminal.stream.write('second, without an end');
    pass(0);
    terminal.stream.write('third\n');
    progress.close!();
    expect(await terminal.readLines()).toEqual([
      'Run: runs/demo',
      '(node:1) Warning: first',
      'second, without an end',
      'third',
      ...viewAt80,
    ]);
  });
});

describe('a window that is resized', () => {
  it.each([
    { name: 'narrower', sizes: [[40, 40]], view: viewAt40 },
    { name: 'wider', sizes: [[120, 40]], view: undefined },
    {
      name: 'narrower and back',
      sizes: [
        [40, 40],
        [80, 40],
      ],
      view: viewAt80,
    },
    {
      name: 'narrow in steps',
      sizes: [
        [61, 40],
        [50, 40],
        [33, 40],
        [40, 40],
      ],
      view: viewAt40,
    },
  ] as const)('shows one view, $name', async ({ sizes, view }) => {
    const terminal = createEmulatedTerminal(80, 40);
    const progress = startRun(terminal);
    for (const [columns, rows] of sizes) {
      await terminal.resize(columns, rows);
      pass(0);
    }
    progress.close!();
    const lines = await terminal.readLines();
    expect(lines[0]).toBe('Run: runs/demo');
    if (view !== undefined) expect(lines.slice(1)).toEqual(view);
    expect(lines.filter((line) => line.startsWith('train '))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('Rate limit'))).toHaveLength(1);
  });
});

describe('a window that was resized before the program hears of it', () => {
  it('loses nothing above the view', async () => {
    const terminal = createEmulatedTerminal(80, 40);
    const progress = startRun(terminal);
    await terminal.resize(50, 40, { late: true });
    pass(1000);
    await terminal.resize(50, 40);
    pass(1000);
    progress.close!();
    const lines = await terminal.readLines();
    expect(lines[0]).toBe('Run: runs/demo');
    const last = lines.findLastIndex((line) => line.startsWith('best fixed prompt'));
    expect(
      lines
        .slice(last + 1)
        .filter((line) => /^[A-Z]/.test(line))
        .map((line) => line.slice(0, 12).trim()),
    ).toEqual(['Time', 'Training', 'Best fixed', 'Calls', 'Tokens', 'Invalid', 'Failed', 'Rate limit']);
  });
});

describe('text of others', () => {
  it.each([
    ['control sequences', '\u001b[2J\u001b[1;1Hgone\u001b]0;title\u0007\r\n\u009b31m'],
    ['marks of direction', '\u202Eright to left\u202C\u2066\u200f'],
    ['10 kB', 'x'.repeat(10_000)],
    ['emoji', '👩‍👩‍👧‍👦 ❤️ 🇩🇪 '.repeat(30)],
    ['wide characters', '幅の広い文字がここにたくさんあります'.repeat(8)],
    ['combining marks', 'e\u0301'.repeat(400)],
  ])('does not move the cursor: %s', async (_, description) => {
    const terminal = createEmulatedTerminal(80, 24, { colour: true });
    const progress = startRun(terminal, { bestFixed: { description, ndcg: { mean: Number.NaN, answers: 0 } } });
    pass(1000);
    await terminal.resize(40, 40);
    progress.close!();
    const lines = await terminal.readLines();
    expect(lines.slice(0, 2)).toEqual(['Run: runs/demo', viewAt40[0]]);
    expect(lines.filter((line) => line.startsWith('Best fixed  NDCG@10 - on 0'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('            refused so far');
    // What the painter itself sends: styles, moves, erasures, the cursor hidden, one update at a time.
    for (const sequence of terminal.written().replaceAll('\n', '').split('\u001b[').slice(1)) {
      expect(sequence).toMatch(/^(\d+m|\d*[ABGJK]|\?2026[hl])[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u);
    }
  });
});

describe('colours', () => {
  it('are left out where the terminal shows none', () => {
    const [plain, coloured] = [false, true].map((colour) => {
      const terminal = createEmulatedTerminal(80, 24, { colour });
      startRun(terminal).close!();
      return terminal
        .written()
        .split('\u001b[')
        .some((sequence) => /^\d+m/.test(sequence));
    });
    expect([plain, coloured]).toEqual([false, true]);
  });
});

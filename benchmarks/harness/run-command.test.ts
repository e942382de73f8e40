import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type BenchMode, type DirectBench, defineBench } from './bench.ts';
import { createExampleHost, createExampleOutcome } from './example-host.ts';
import { runCommand } from './run-command.ts';
import type { Target } from './targets.ts';

const modes: BenchMode[] = [];
const bench: DirectBench = defineBench({
  name: 'speed/a',
  purpose: 'Measures a.',
  run: async ({ mode }) => {
    modes.push(mode);
    return createExampleOutcome({ time: 9.87654 });
  },
});
const target = (bound: Target['bound']): Target => ({
  bench: 'speed/a',
  figure: 'time',
  bound,
  unit: 'ms',
  source: 'issue 1',
});

describe('runCommand', () => {
  it('prints the table last and writes the result of a full run', async () => {
    const host = createExampleHost({ benches: [bench] });
    expect(await runCommand(['speed/a'], host)).toBe(0);
    expect(host.printed.at(-1)).toBe('figure  value\n------  -----\ntime    9.877');
    expect(host.results.get('speed/a')).toEqual({
      bench: 'speed/a',
      purpose: 'Measures a.',
      command: 'pnpm bench speed/a --full',
      versions: { node: '20.0.0' },
      machine: 'test machine',
      durationSeconds: 1.5,
      figures: { time: 9.87654 },
      table: { columns: ['figure', 'value'], rows: [['time', 9.87654]] },
    });
  });

  it('leaves the committed result alone in quick and check runs, and passes the mode on', async () => {
    modes.length = 0;
    const host = createExampleHost({ benches: [bench], targets: [target({ atMost: 10 })] });
    await runCommand(['speed/a', '--quick'], host);
    await runCommand(['speed/a', '--check'], host);
    expect(host.results.size).toBe(0);
    expect(modes).toEqual(['quick', 'check']);
  });

  it('exits 0 when every target is met', async () => {
    const host = createExampleHost({ benches: [bench], targets: [target({ atMost: 10 })] });
    expect(await runCommand(['speed/a', '--check'], host)).toBe(0);
    expect(host.printed).toEqual([
      'speed/a time: at most 10 ms: measured 9.877: met',
      expect.stringContaining('1 of 1 hold, 0 do not'),
    ]);
  });

  it.each([
    ['a miss', [target({ atMost: 9 })], 'MISSED'],
    ['a miss on the other side', [target({ atLeast: 10 })], 'MISSED'],
    ['a figure without a bound', [], 'no bound in targets.json'],
    [
      'a bound without a figure',
      [target({ atMost: 10 }), { ...target({ atMost: 1 }), figure: 'space' }],
      'no such figure',
    ],
  ])('exits 1 on %s', async (_what, targets, message) => {
    const host = createExampleHost({ benches: [bench], targets });
    expect(await runCommand(['speed/a', '--check'], host)).toBe(1);
    expect(host.printed.join('\n')).toContain(message);
  });

  it('checks all benches without a name, and fails a target of no bench', async () => {
    const other = defineBench({ ...bench, name: 'speed/b' });
    const targets = [target({ atMost: 10 }), { ...target({ atMost: 10 }), bench: 'speed/b' }];
    const host = createExampleHost({ benches: [bench, other], targets });
    expect(await runCommand(['--check'], host)).toBe(0);
    expect(host.printed).toHaveLength(3);
    const stray = createExampleHost({ benches: [bench], targets });
    expect(await runCommand(['--check'], stray)).toBe(1);
    expect(stray.printed).toContain('speed/b time: FAILED, there is no such bench');
    expect(await runCommand(['--check', 'speed/a'], stray)).toBe(0);
  });

  it('does not run a bench whose every target needs something absent', async () => {
    modes.length = 0;
    const targets = [{ ...target({ atMost: 1 }), needs: 'tfjs-node' }];
    const without = createExampleHost({ benches: [bench], targets });
    expect(await runCommand(['--check'], without)).toBe(0);
    expect(without.printed[0]).toContain('not measured here (needs tfjs-node)');
    expect(modes).toEqual([]);
    expect(await runCommand(['--check'], createExampleHost({ benches: [bench], targets, needs: ['tfjs-node'] }))).toBe(
      1,
    );
  });

  it('exits 2 with one line on wrong usage', async () => {
    const host = createExampleHost({ benches: [bench] });
    expect(await runCommand(['speed/nothing'], host)).toBe(2);
    expect(host.logged).toEqual(['Expected one of the benches speed/a, received speed/nothing.']);
    expect(host.printed).toEqual([]);
  });

  it('lets an error of a bench through', async () => {
    const broken = defineBench({ ...bench, run: () => Promise.reject(new Error('no server')) });
    await expect(runCommand(['speed/a', '--quick'], createExampleHost({ benches: [broken] }))).rejects.toThrow(
      'no server',
    );
  });
});

describe('run.ts', () => {
  const run = (
    ...argv: string[]
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
    spawnSync(process.execPath, ['--conditions=rppkit-source', '--import', 'tsx', 'run.ts', ...argv], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
    });

  it('exits 2 with one line and no stack trace for an unknown bench', () => {
    const { status, stdout, stderr } = run('speed/nothing', '--check');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^Expected one of the benches .*speed\/env.*, received speed\/nothing\.$/),
    ]);
  });

  it('runs a bench', () => {
    const { status, stdout, stderr } = run('speed/env', '--quick');
    expect(stderr).not.toContain('Error');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^speed\/env \(quick\)/);
    expect(stdout.trim().split('\n').at(-1)).toMatch(/^memory of a further episode.* \d/);
  });
});

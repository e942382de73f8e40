import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// A folder with a copy of .ci/run and an `npm` in front of the real one that does what a test tells it to.
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-ci-'));
  for (const name of ['main/.ci', 'bin']) mkdirSync(join(folder, name), { recursive: true });
  copyFileSync(fileURLToPath(new URL('../.ci/run', import.meta.url)), join(folder, 'main/.ci/run'));
  writeExecutable('chromium', 'exit 0');
});

afterEach(() => rmSync(folder, { recursive: true }));

function writeExecutable(name: string, script: string): void {
  writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}

function run(npm: string): {
  readonly status: number | null;
  readonly lastLine: string | undefined;
  readonly output: string;
} {
  writeExecutable('npm', npm);
  const { RPPKIT_DATA: _unset, ...environment } = process.env;
  const { status, stdout } = spawnSync('bash', ['.ci/run'], {
    cwd: join(folder, 'main'),
    encoding: 'utf8',
    env: { ...environment, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
  });
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1), output: stdout };
}

/** A script that leaves a vitest report and exits with a status. */
function reporting(status: number, report: object): string {
  const complete = {
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    success: status === 0,
    testResults: [],
    ...report,
  };
  return `echo noise\ncat > .vitest-results.json <<'END'\n${JSON.stringify(complete)}\nEND\nexit ${status}`;
}

describe('.ci/run', () => {
  it('ends with the counts and exits 0 when all passed', () => {
    expect(run(reporting(0, { numPassedTests: 12 }))).toMatchObject({ status: 0, lastLine: '12 passed, 0 failed' });
  });

  it('names skipped tests', () => {
    const report = { numPassedTests: 12, numPendingTests: 3, numTodoTests: 1 };
    expect(run(reporting(0, report)).lastLine).toBe('12 passed, 0 failed, 4 skipped');
  });

  it('counts failed tests, and files that could not be loaded', () => {
    const testResults = [
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [] },
    ];
    const report = { numPassedTests: 5, numFailedTests: 1, testResults };
    expect(run(reporting(1, report))).toMatchObject({ status: 1, lastLine: '5 passed, 2 failed' });
  });

  it('counts an error outside of any test', () => {
    expect(run(reporting(1, { numPassedTests: 5 }))).toMatchObject({ status: 1, lastLine: '5 passed, 1 failed' });
    expect(run(reporting(0, { numPassedTests: 5, success: false }))).toMatchObject({
      status: 1,
      lastLine: '5 passed, 1 failed',
    });
  });

  it('fails when the tests never ran, whatever an earlier run left', () => {
    const stale = join(folder, 'main/.vitest-results.json');
    writeFileSync(stale, JSON.stringify({ numPassedTests: 99, success: true, testResults: [] }));
    expect(run('exit 7')).toMatchObject({ status: 7, lastLine: '0 passed, 1 failed' });
    expect(existsSync(stale)).toBe(false);
    expect(run('exit 0')).toMatchObject({ status: 1, lastLine: '0 passed, 1 failed' });
    expect(run('echo "{" > .vitest-results.json')).toMatchObject({ status: 1, lastLine: '0 passed, 1 failed' });
  });

  it('sets RPPKIT_DATA where the shared folder exists, and turns telemetry off', () => {
    const show = 'echo "data=[$RPPKIT_DATA] telemetry=$TURBO_TELEMETRY_DISABLED"';
    expect(run(show).output).toContain('data=[] telemetry=1');
    mkdirSync(join(folder, 'shared/data'), { recursive: true });
    expect(run(show).output).toMatch(/data=\[\/.*\/shared\/data\]/);
    expect(run(`test "$1" = test && echo right`).output).toContain('right');
  });

  it('goes on without a browser that cannot be installed', () => {
    rmSync(join(folder, 'bin/chromium'));
    writeExecutable('which', 'test "$1" != chromium');
    writeExecutable('apt-get', `echo "$@" >> ${join(folder, 'apt.log')}\nexit 1`);
    const { status, output } = run(reporting(0, { numPassedTests: 1 }));
    expect(output).toContain('chromium could not be installed');
    expect(status).toBe(0);
    expect(readFileSync(join(folder, 'apt.log'), 'utf8')).toBe('update\n');
  });
});

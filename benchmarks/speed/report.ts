import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { createProgress, createRunFolder, parseExperimentConfig, runCli, runExperiment } from 'rppkit';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { chromiumPath } from '../harness/chromium-path.ts';
import { measureBestTime } from '../harness/measure-time.ts';

const speedReport: DirectBench = defineBench({
  name: 'speed/report',
  purpose: 'Size of a report of 2,000 users and 30,000 calls, and how long it takes to render, to open and to search.',
  async run(context: BenchContext): Promise<BenchOutcome> {
    const root = await mkdtemp(join(tmpdir(), 'rppkit-report-'));
    try {
      return await measure(root, context);
    } finally {
      await rm(root, { recursive: true });
    }
  },
});

export default speedReport;

async function measure(root: string, { mode, log }: BenchContext): Promise<BenchOutcome> {
  const quick = mode === 'quick';
  const runs = quick ? 1 : 5;
  const reportUsers = quick ? 60 : 2000;
  const { calls, examples } = await createRun(root, { reportUsers, ...(quick ? quickSize : fullSize) }, log);
  const renderSeconds = (await measureBestTime(runs, () => renderAgain(root))) / 1000;
  const report = join(root, 'run', 'report.html');
  const megabytes = statSync(report).size / 1e6;
  const opened = existsSync(chromiumPath) ? await measureOpening(report, runs) : undefined;
  return {
    figures: { megabytes, ...(opened && { openSeconds: opened.open, searchSeconds: opened.search }) },
    table: {
      columns: ['measurement', 'value', 'unit'],
      rows: [
        ['report users', reportUsers, ''],
        ['calls of the run', calls, ''],
        ['examples.jsonl', examples, 'MB'],
        ['report.html', megabytes, 'MB'],
        ['rppkit report', renderSeconds, 's'],
        ['opening it in Chromium', opened?.open ?? 'no Chromium', 's'],
        ['from the first letter of a search to the users found', opened?.search ?? 'no Chromium', 's'],
      ],
    },
    note: 'Opening ends with the load event of a new page; the users are unpacked by the first search.',
  };
}

interface RunSize {
  readonly users: number;
  readonly trainUsers: number;
  readonly episodes: number;
  readonly bestFixedCalls: number;
  readonly swaps: number;
}

/** Calls: 4,000 of the search, 4,096 of the training, and 2,000 by three systems and eight swaps. */
const fullSize: RunSize = { users: 5000, trainUsers: 1000, episodes: 4096, bestFixedCalls: 4000, swaps: 8 };
const quickSize: RunSize = { users: 200, trainUsers: 60, episodes: 128, bestFixedCalls: 128, swaps: 2 };

async function createRun(
  root: string,
  size: RunSize & { readonly reportUsers: number },
  log: BenchContext['log'],
): Promise<{ readonly calls: number; readonly examples: number }> {
  const { users, ...rest } = size;
  const { timing } = await runExperiment({
    config: parseExperimentConfig({ data: { kind: 'synthetic', preset: 'diverse', users }, oracleAnswers: 0, ...rest }),
    folder: createRunFolder(root, { name: 'run', base: 'run' }),
    command: 'pnpm bench speed/report',
    log,
    progress: createProgress({ write: (text: string) => log(text.trimEnd()) }),
    signal: new AbortController().signal,
  });
  return {
    calls: timing.calls.reduce((sum, { fromModel }) => sum + fromModel, 0),
    examples: statSync(join(root, 'run', 'examples.jsonl')).size / 1e6,
  };
}

async function renderAgain(root: string): Promise<void> {
  const streams = { stdout: { write: () => {} }, stderr: process.stderr };
  const code = await runCli(['report', '--run', 'run', '--runs', root], streams);
  if (code !== 0) throw new Error(`Expected rppkit report to end with 0, received ${code}.`);
}

async function measureOpening(path: string, runs: number): Promise<{ readonly open: number; readonly search: number }> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  let open = Number.POSITIVE_INFINITY;
  let search = Number.POSITIVE_INFINITY;
  try {
    for (let run = 0; run < runs; run++) {
      const page = await browser.newPage();
      const started = performance.now();
      await page.goto(pathToFileURL(path).href, { waitUntil: 'load' });
      const loaded = performance.now();
      await page.locator('#explorer-query').fill('u1');
      await page.locator('#explorer-list details').first().waitFor();
      open = Math.min(open, (loaded - started) / 1000);
      search = Math.min(search, (performance.now() - loaded) / 1000);
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return { open, search };
}

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type ChatServer, startChatServer } from '@rppkit/env/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { captureCli } from '../../run-cli.fixture.ts';
// Loaded here, so that nothing below waits for it.
import '../../experiment/run-experiment.ts';

/** 60 users who each read 8 of 40 books, rows in order. */
function renderBooks(): string {
  const rows = ['reader,book'];
  for (let step = 0; step < 8; step++) {
    for (let user = 0; user < 60; user++) rows.push(`r${user},b${(user * 7 + step * 11 + step * user) % 40}`);
  }
  return `${rows.join('\n')}\n`;
}

let server: ChatServer;
/** Holds a data set and a run of a paid model that ended well. */
let template: string;
let folder: string;
let root: string;

beforeAll(async () => {
  server = await startChatServer({ answer: () => '[3] > [1] > [2]' });
  vi.stubEnv('OPENAI_API_KEY', 'sk-test');
  vi.stubEnv('OPENAI_BASE_URL', server.urls.openai);
  template = mkdtempSync(join(tmpdir(), 'rppkit-'));
  writeFileSync(join(template, 'books.csv'), renderBooks());
  const counts = ['--episodes', '64', '--best-fixed-calls', '128', '--train-users', '8', '--report-users', '12'];
  const flags = ['--user-column', 'reader', '--item-column', 'book', '--order', 'column', ...counts];
  const where = ['--runs', join(template, 'runs'), '--name', 'paid', '--model', 'openai:test', '--yes'];
  const trained = await captureCli('train', '--data', join(template, 'books.csv'), ...flags, ...where);
  expect(trained).toMatchObject({ code: 0 });
}, 60_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  rmSync(template, { recursive: true });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-'));
  // As the command line writes it.
  root = relative(process.cwd(), join(folder, 'runs'));
  cpSync(join(template, 'runs'), root, { recursive: true });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const read = (file: string, name = 'paid'): string => readFileSync(join(root, name, file), 'utf8');

function changeManifest(changes: object, name = 'paid'): void {
  const path = join(root, name, 'manifest.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...changes }));
}

function lock(pid: number, host = hostname()): void {
  writeFileSync(join(root, 'paid', 'lock'), JSON.stringify({ pid, host, startedAt: '2026-01-02T03:04:05.000Z' }));
}

/** The id of a process that has ended. */
async function endProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version']);
  await new Promise((resolve) => child.on('close', resolve));
  return child.pid!;
}

describe('rppkit runs list', () => {
  it('shows runs in 80 columns, the latest first, and names what is none', async () => {
    cpSync(join(root, 'paid'), join(root, 'synthetic-weak-wording-2'), { recursive: true });
    changeManifest({ startedAt: '2020-01-02T03:04:05.000Z' }, 'synthetic-weak-wording-2');
    for (const file of ['results.json', 'training.json', 'calls.jsonl'])
      rmSync(join(root, 'synthetic-weak-wording-2', file));
    for (const name of ['empty', 'broken', 'future', 'partial']) mkdirSync(join(root, name));
    writeFileSync(join(root, 'broken', 'manifest.json'), '{"schemaVersion": 1, "sta');
    writeFileSync(join(root, 'future', 'manifest.json'), '{"schemaVersion": 2}');
    writeFileSync(join(root, 'partial', 'manifest.json'), '{"schemaVersion": 1}');
    const { code, out } = await captureCli('runs', 'list', '--runs', root);
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(out).toMatch(/^-[- ]+\npaid +done +best fixed \.\d{3} +\d+$/m);
    expect(out).toMatch(/^synthetic-weak-wording-2 +done +- +-$/m);
    expect(out).toContain('2020-01-02 03:04');
    expect(out).toMatch(/^ {2}openai:test +\+\.000 \[/m);
    expect(out).toMatch(/^empty +no manifest\.json$/m);
    expect(out).toMatch(/^broken +manifest\.json is damaged: it is no JSON$/m);
    expect(out).toMatch(/^future +manifest\.json has schema version 2; this rppkit reads version 1$/m);
    expect(out).toMatch(/^partial +manifest\.json is damaged: status: /m);
  });

  it('gives the same as JSON', async () => {
    mkdirSync(join(root, 'empty'));
    const { out } = await captureCli('runs', 'list', '--runs', root, '--json');
    const results = JSON.parse(read('results.json'));
    const fromModel = results.timing.calls.reduce(
      (sum: number, call: { fromModel: number }) => sum + call.fromModel,
      0,
    );
    const ndcg = (id: string) => results.rows.find((row: { id: string }) => row.id === id).ndcg[10].mean;
    expect(JSON.parse(out)).toEqual({
      runs: [
        {
          name: 'paid',
          status: 'done',
          data: 'books',
          model: 'openai:test',
          startedAt: JSON.parse(read('manifest.json')).startedAt,
          ndcg: { bestFixed: ndcg('best-fixed'), rpp: ndcg('rpp'), gain: results.gains.overBestFixed },
          look: null,
          calls: fromModel,
          bytes: expect.any(Number),
        },
      ],
      others: [{ name: 'empty', problem: 'no manifest.json' }],
    });
    expect(fromModel).toBe(server.requests.length);
  });

  it('knows a run that is running from one that was killed', async () => {
    const list = async () =>
      JSON.parse((await captureCli('runs', 'list', '--runs', root, '--json')).out).runs[0].status;
    changeManifest({ status: 'running' });
    expect(await list()).toBe('killed');
    lock(await endProcess());
    expect(await list()).toBe('killed');
    lock(process.pid);
    expect(await list()).toBe('running');
    // Nobody here can ask that host.
    lock(await endProcess(), 'elsewhere');
    expect(await list()).toBe('running');
    const evaluation = { status: 'running', command: 'rppkit evaluate', startedAt: '2026-01-02T03:04:05.000Z' };
    changeManifest({ status: 'done', evaluations: [evaluation] });
    expect(await list()).toBe('running');
    rmSync(join(root, 'paid', 'lock'));
    expect(await list()).toBe('done');
  });

  it('says that there are none, and that a file is no folder', async () => {
    expect(await captureCli('runs', 'list', '--runs', join(folder, 'absent'))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^No runs in .*absent\.\n$/),
    });
    writeFileSync(join(folder, 'file'), '');
    const { code, err } = await captureCli('runs', 'list', '--runs', join(folder, 'file'));
    expect(code).toBe(2);
    expect(err).toMatch(/^Error: Expected --runs to be a folder .* ENOTDIR\. Check the path\.\n$/);
  });
});

describe('rppkit runs show', () => {
  it('tells what a run is, what it found, and how to go on', async () => {
    const { code, out } = await captureCli('runs', 'show', 'paid', '--runs', root);
    expect(code).toBe(0);
    expect(
      Math.max(
        ...out
          .split('\n')
          .filter((line) => !line.startsWith('  rppkit'))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
    expect(out).toMatch(/^status +done$/m);
    expect(out).toMatch(/^configuration .*seed 1/m);
    expect(out).toMatch(/^best fixed prompt +\.\d{3}/m);
    expect(out).toMatch(/^best fixed prompt +128 +\d+ +\d+ +0$/m);
    expect(out).toMatch(/^responses\/ +\d/m);
    expect(out).toContain(`rppkit personalize --run paid --user ID --runs ${root}`);
    expect(out).not.toContain('--resume');
  });

  it('advises to resume what did not end, and tells of evaluations and failures', async () => {
    rmSync(join(root, 'paid', 'training.json'));
    rmSync(join(root, 'paid', 'results.json'));
    appendFileSync(join(root, 'paid', 'calls.jsonl'), '{"phase":"train","failure":"rate-limit"}\n{"phase":"tr');
    const evaluation = { status: 'running', command: 'rppkit evaluate', startedAt: '2026-01-02T03:04:05.000Z' };
    changeManifest({ status: 'failed', error: 'The disk\u001b[2J is full.', evaluations: [evaluation] });
    const { out } = await captureCli('runs', 'show', 'paid', '--runs', root);
    expect(out).toMatch(/^status +failed: The disk \[2J is full\.$/m);
    expect(out).toMatch(/^evaluation 1 +killed, 2026-01-02 03:04 UTC: rppkit evaluate$/m);
    expect(out).toMatch(/^train +- +\d+ +\d+ +1 +rate-limit 1$/m);
    expect(out).toContain('rppkit train --resume paid');
    expect(out).not.toContain('rppkit evaluate --run');
  });

  it('prints JSON', async () => {
    const { out } = await captureCli('runs', 'show', 'paid', '--runs', root, '--json');
    expect(JSON.parse(out)).toMatchObject({
      name: 'paid',
      status: 'done',
      manifest: JSON.parse(read('manifest.json')),
      config: JSON.parse(read('config.json')),
      results: { verdict: JSON.parse(read('results.json')).verdict },
      problems: [],
    });
  });

  it.each([['absent'], ['..'], ['../runs/paid'], ['paid/responses']])('knows no run %j', async (name) => {
    const { code, err } = await captureCli('runs', 'show', name, '--runs', root);
    expect({ code, err }).toEqual({
      code: 2,
      err: `Error: Expected the name of a run in ${root}, received ${JSON.stringify(name)}. It holds paid.\n`,
    });
  });

  it('says what is wrong with a manifest, and with other files', async () => {
    writeFileSync(join(root, 'paid', 'results.json'), '{');
    const { out } = await captureCli('runs', 'show', 'paid', '--runs', root);
    expect(out).toContain('Problem: results.json is damaged: it is no JSON');
    writeFileSync(join(root, 'paid', 'manifest.json'), '{');
    const { code, err } = await captureCli('runs', 'show', 'paid', '--runs', root);
    expect(code).toBe(2);
    expect(err).toContain('manifest.json is damaged: it is no JSON.');
  });
});

describe('rppkit runs clean', () => {
  it('says what would be removed, and removes it with --yes', async () => {
    rmSync(join(root, 'paid', 'checkpoints'), { recursive: true });
    mkdirSync(join(root, 'paid', 'checkpoints'));
    writeFileSync(join(root, 'paid', 'checkpoints', '1.bin'), '0123456789');
    const flags = ['paid', '--responses', '--checkpoints', '--runs', root];
    const dry = await captureCli('runs', 'clean', ...flags, '--dry-run');
    expect(dry).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Would remove .*responses\nWould remove .*checkpoints\n$/),
    });
    expect(dry.err).toMatch(
      /responses: [\d.]+ kB\. An evaluation asks the model again, and pays again, for up to \d+ answers\./,
    );
    expect(dry.err).toContain('checkpoints: 10 B. Nothing is lost: the run is done');
    expect(existsSync(join(root, 'paid', 'responses'))).toBe(true);

    const asked = await captureCli('runs', 'clean', ...flags);
    expect(asked).toMatchObject({ code: 2, err: expect.stringContaining('Pass --yes to do it.') });
    expect(existsSync(join(root, 'paid', 'responses'))).toBe(true);

    changeManifest({ status: 'interrupted' });
    const done = await captureCli('runs', 'clean', ...flags, '--yes', '--json');
    expect(done.err).toContain('The run can no longer be resumed');
    expect(JSON.parse(done.out)).toMatchObject({
      dryRun: false,
      removed: [{ part: 'responses' }, { run: 'paid', part: 'checkpoints', bytes: 10 }],
    });
    expect(readdirSync(join(root, 'paid'))).toEqual(
      readdirSync(join(template, 'runs', 'paid')).filter((file) => !['responses', 'checkpoints'].includes(file)),
    );
    expect(await captureCli('runs', 'clean', ...flags, '--yes')).toMatchObject({
      code: 0,
      out: '',
      err: 'These runs hold no responses and no checkpoints.\n',
    });
  });

  it('removes whole runs, and no others', async () => {
    cpSync(join(root, 'paid'), join(root, 'other'), { recursive: true });
    const { code, err } = await captureCli('runs', 'clean', 'paid', 'paid', '--all', '--yes', '--runs', root);
    expect(code).toBe(0);
    expect(err).toContain('The run is gone');
    expect(readdirSync(root)).toEqual(['other']);
  });

  it.each([
    [['paid'], 'Expected --responses, --checkpoints or --all'],
    [['paid', 'absent', '--all', '--yes'], 'received "absent"'],
    [['..', '--all', '--yes'], 'received ".."'],
    [['notes', '--all', '--yes'], 'received "notes"'],
  ])('refuses %j and removes nothing', async (args, words) => {
    mkdirSync(join(root, 'notes'));
    const { code, err } = await captureCli('runs', 'clean', ...args, '--runs', root);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(readdirSync(root)).toEqual(['notes', 'paid']);
  });

  it('never touches a run that is running', async () => {
    cpSync(join(root, 'paid'), join(root, 'ended'), { recursive: true });
    lock(process.pid);
    for (const command of [
      ['clean', 'ended', 'paid', '--all'],
      ['forget', 'paid', '--user', 'r1'],
    ]) {
      const { code, err } = await captureCli('runs', ...command, '--yes', '--runs', root);
      expect(code).toBe(2);
      expect(err).toContain(`on which process ${process.pid} of ${hostname()} has worked`);
    }
    expect(readdirSync(root)).toEqual(['ended', 'paid']);
  });
});

describe('rppkit runs forget', () => {
  const forget = (user: string, ...flags: string[]) =>
    captureCli('runs', 'forget', 'paid', '--user', user, '--runs', root, '--json', ...flags);
  const evaluated = (): string[] => [
    ...new Set(
      read('evaluation.csv')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]!),
    ),
  ];
  const trained = (): string[] => [
    ...new Set(
      read('trajectories.jsonl')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).task.split(':')[1]),
    ),
  ];
  const evaluate = async (): Promise<number> => {
    const before = server.requests.length;
    expect(await captureCli('evaluate', '--run', 'paid', '--runs', root)).toMatchObject({ code: 0 });
    return server.requests.length - before;
  };

  it('removes a report user, and an evaluation asks for exactly the answers that were removed', async () => {
    const before = { results: read('results.json'), examples: read('examples.jsonl') };
    const { user } = JSON.parse(before.examples.split('\n')[0]!);
    expect(read('report.html')).toContain(`<bdi>${user}</bdi>`);
    writeFileSync(join(root, 'paid', 'report-redacted.html'), '');
    const { code, out } = await forget(user, '--yes');
    const { removed, remaining } = JSON.parse(out);
    expect({ code, removed }).toMatchObject({ code: 0, removed: { trajectories: 0, evaluation: 6, examples: 1 } });
    // Random, best fixed, personal and swapped prompt, fewer where two of them are the same.
    expect(removed.answers).toBeGreaterThan(0);
    expect(removed.answers).toBeLessThanOrEqual(4);
    expect(remaining.join(' ')).toContain('What the provider of the model keeps');
    expect(remaining.join(' ')).not.toContain('policy.rpp: its weights');
    expect(evaluated()).toHaveLength(11);
    expect(evaluated()).not.toContain(user);
    expect(existsSync(join(root, 'paid', 'report-redacted.html'))).toBe(false);
    expect(read('results.json')).toBe(before.results);
    expect(read('examples.jsonl')).toBe(before.examples.slice(before.examples.indexOf('\n') + 1));
    expect(read('report.html')).not.toContain(`<bdi>${user}</bdi>`);
    expect(read('trajectories.jsonl')).toBe(readFileSync(join(template, 'runs', 'paid', 'trajectories.jsonl'), 'utf8'));
    expect(await evaluate()).toBe(removed.answers);
  });

  it('removes a training user with all answers, and keeps every other byte', async () => {
    const [user] = trained();
    const lines = read('trajectories.jsonl').split('\n');
    const own = lines.filter((line) => line.includes(`"books:${user}:validation"`));
    rmSync(join(root, 'paid', 'checkpoints'), { recursive: true });
    mkdirSync(join(root, 'paid', 'checkpoints'));
    writeFileSync(join(root, 'paid', 'checkpoints', '1.bin'), '0123456789');
    const { out } = await forget(user!, '--yes');
    const { removed, remaining } = JSON.parse(out);
    expect(own.length).toBeGreaterThan(0);
    expect(removed).toMatchObject({ trajectories: own.length, evaluation: 0, examples: 0, checkpoints: 10 });
    // 128 calls of the search over 8 users, and those of the training that were not among them.
    expect(removed.answers).toBeGreaterThanOrEqual(16);
    expect(remaining.join(' ')).toContain('policy.rpp: its weights');
    expect(read('trajectories.jsonl')).toBe(lines.filter((line) => !own.includes(line)).join('\n'));
    expect(existsSync(join(root, 'paid', 'checkpoints'))).toBe(false);
    expect(await evaluate()).toBe(0);
    const again = await forget(user!, '--yes');
    expect(JSON.parse(again.out).removed).toMatchObject({ trajectories: 0, answers: 0 });
  });

  it('finds a user whose id CSV quotes', async () => {
    const before = read('evaluation.csv');
    appendFileSync(join(root, 'paid', 'evaluation.csv'), '"r,""7""\n8",rpp,1,1,1\nr,rpp,0,0,0\n');
    const { out } = await forget('r,"7"\n8', '--yes');
    expect(JSON.parse(out).removed).toMatchObject({ trajectories: 0, evaluation: 1 });
    expect(read('evaluation.csv')).toBe(`${before}r,rpp,0,0,0\n`);
  });

  it('only looks with --dry-run, and asks before it removes', async () => {
    const [user] = trained();
    const { code, out } = await forget(user!, '--dry-run');
    expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, dryRun: true });
    expect(await forget(user!)).toMatchObject({ code: 2, err: expect.stringContaining('Pass --yes') });
    expect(trained()).toContain(user);
  });

  it('says so of a user that the run does not hold', async () => {
    const { code, err, out } = await forget('nobody', '--yes');
    expect(code).toBe(0);
    expect(err).toContain('Run paid holds no records of user "nobody".');
    expect(JSON.parse(out).removed).toEqual({
      trajectories: 0,
      evaluation: 0,
      examples: 0,
      answers: 0,
      checkpoints: 0,
    });
  });

  it('says plainly where answers cannot be told apart, and removes the rest', async () => {
    const config = JSON.parse(read('config.json'));
    config.data.path = join(folder, 'books.csv');
    writeFileSync(join(root, 'paid', 'config.json'), JSON.stringify(config));
    changeManifest({ configChecksum: createHash('sha256').update(JSON.stringify(config)).digest('hex') });
    writeFileSync(join(folder, 'books.csv'), `${renderBooks()}r1,b99\n`);
    writeFileSync(join(root, 'paid', 'notes.txt'), '');
    const [user] = trained();
    const { code, out } = await forget(user!, '--yes');
    const { removed, remaining } = JSON.parse(out);
    expect(code).toBe(0);
    expect(removed.answers).toBe(0);
    expect(removed.trajectories).toBeGreaterThan(0);
    expect(remaining.join('\n')).toMatch(
      /could not be told from others\. Expected books\.csv as it was.*clean paid --responses/,
    );
    expect(remaining.join('\n')).toContain('does not know: notes.txt.');
    expect(trained()).not.toContain(user);
  });

  it('says of RPP+ that did not end which answers it cannot tell apart', async () => {
    const config = JSON.stringify({
      ...JSON.parse(read('config.json')),
      plus: { every: 1, share: 0.2, patterns: ['role'] },
    });
    writeFileSync(join(root, 'paid', 'config.json'), config);
    const configChecksum = createHash('sha256').update(config).digest('hex');
    changeManifest({ configChecksum, status: 'interrupted' });
    const [user] = trained();
    rmSync(join(root, 'paid', 'training.json'));
    const { removed, remaining } = JSON.parse((await forget(user!, '--dry-run')).out);
    expect(removed.answers).toBeGreaterThan(0);
    expect(remaining.join('\n')).toMatch(/could not be told from others\. Those to refinements, .* when its training/);
  });

  it('takes a line that was cut off for whose task it names', async () => {
    const [user, other] = trained();
    const lines = read('trajectories.jsonl').trim().split('\n');
    const cut = (name: string): string => lines.find((line) => line.includes(`:${name}:`))!.slice(0, 100);
    appendFileSync(join(root, 'paid', 'trajectories.jsonl'), cut(user!));
    await forget(user!, '--yes');
    expect(read('trajectories.jsonl')).not.toContain(`:${user}:`);
    appendFileSync(join(root, 'paid', 'trajectories.jsonl'), cut(other!));
    await forget(user!, '--yes');
    expect(read('trajectories.jsonl').endsWith(cut(other!))).toBe(true);
  });
});

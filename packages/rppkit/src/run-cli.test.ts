import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUserSequences } from '@rppkit/datasets';
import { readDataset } from '@rppkit/datasets/node';
import { type ChatServer, type ChatServerOptions, startChatServer } from '@rppkit/env/testing';
import { renderItemTitle } from '@rppkit/patterns';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { captureCli } from './run-cli.fixture.ts';
import { readExamples } from './run-folder/example-file.ts';

const key = 'sk-marked-key-0123456789';
const dataFolder = process.env['RPPKIT_DATA'];

let folder: string;
let server: ChatServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

/** 60 users who each read 8 of 40 books, rows in order. */
function writeCsv(): string {
  const rows = ['reader,book,title'];
  for (let step = 0; step < 8; step++) {
    for (let user = 0; user < 60; user++) {
      const book = (user * 7 + step * 11 + step * user) % 40;
      rows.push(`r${user},b${book},"Book, the ${book}th"`);
    }
  }
  const path = join(folder, 'books.csv');
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
}

const csvFlags = ['--user-column', 'reader', '--item-column', 'book', '--title-column', 'title', '--order', 'column'];
const smallFlags = [
  '--episodes',
  '64',
  '--batch-size',
  '32',
  '--best-fixed-calls',
  '128',
  '--train-users',
  '20',
  '--report-users',
  '20',
];

/** The titles of each user of the CSV in order; of a repeated one the last counts. */
function readBooks(): string[][] {
  const books = new Map<string, string[]>();
  for (const line of readFileSync(join(folder, 'books.csv'), 'utf8').trim().split('\n').slice(1)) {
    const [user, , ...title] = line.split(',');
    const list = books.get(user!) ?? [];
    const name = title.join(',').replaceAll('"', '');
    if (list.includes(name)) list.splice(list.indexOf(name), 1);
    list.push(name);
    books.set(user!, list);
  }
  return [...books.values()];
}

/**
 * Defect 1: the history in a prompt is what one user did just before the one candidate that is that user's.
 * Defect 5: that candidate is not always in the same place.
 */
function expectOwnPrompts(requests: ChatServer['requests'], sequences: readonly (readonly string[])[]): void {
  const positions = new Set<number>();
  for (const { messages } of requests) {
    const { text } = messages.at(-1)!;
    const history = [...text.split('\n[1] ')[0]!.matchAll(/^\d+\. (.*)$/gm)].map((match) => match[1]!);
    const candidates = listCandidates(text);
    expect(candidates).toHaveLength(10);
    const targets = sequences.flatMap((titles) => {
      const target = candidates.findIndex((title) => titles.includes(title));
      const before = titles.slice(0, target < 0 ? 0 : titles.indexOf(candidates[target]!));
      const own = target >= 0 && history.length > 0 && history.join('|') === before.slice(-history.length).join('|');
      return own ? [target] : [];
    });
    expect(targets.length).toBeGreaterThan(0);
    positions.add(targets[0]!);
  }
  expect(positions.size).toBe(10);
}

function listCandidates(text: string): string[] {
  return [...text.matchAll(/^\[\d+\] (.*)$/gm)].map((match) => match[1]!);
}

const completion = {
  id: 'c',
  object: 'chat.completion',
  created: 0,
  model: 'test-model',
  choices: [{ index: 0, message: { role: 'assistant', content: '[1] > [2]' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
};

describe('rppkit train on a CSV with ChatOpenAI', () => {
  /** Answers with the candidates in reverse order, as titles. */
  async function startServer(faults: ChatServerOptions['faults'] = () => undefined): Promise<ChatServer> {
    server = await startChatServer({
      faults,
      answer({ messages }) {
        const titles = listCandidates(messages.at(-1)!.text).reverse();
        return titles.map((title, index) => `${index + 1}. ${title}`).join('\n');
      },
    });
    vi.stubEnv('OPENAI_API_KEY', key);
    vi.stubEnv('OPENAI_BASE_URL', server.urls.openai);
    return server;
  }

  const train = (name: string) =>
    captureCli(
      'train',
      '--data',
      writeCsv(),
      ...csvFlags,
      ...smallFlags,
      '--model',
      'openai:test-model',
      '--yes',
      '--runs',
      join(folder, 'runs'),
      '--name',
      name,
    );

  it('makes the announced calls less store hits, with each user’s own history and candidates, and evaluate asks nothing again', async () => {
    const { requests } = await startServer();
    const { code, err } = await train('paid');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(err).toContain('LLM calls: 272 (best fixed prompt 128, train 64, evaluate 80)');

    const results = JSON.parse(readFileSync(join(folder, 'runs', 'paid', 'results.json'), 'utf8'));
    const calls: { phase: string; announced: number; fromModel: number; fromStore: number; failed: number }[] =
      results.timing.calls;
    for (const { announced, fromModel, fromStore, failed } of calls)
      expect(fromModel + fromStore + failed).toBe(announced);
    const expected = calls.reduce((sum, { announced, fromStore }) => sum + announced - fromStore, 0);
    expect(requests).toHaveLength(expected);
    expect(requests.every(({ headers }) => headers.authorization === `Bearer ${key}`)).toBe(true);
    expect(new Set(requests.map(({ seed }) => seed)).size).toBeGreaterThan(expected * 0.9);

    expectOwnPrompts(requests, readBooks());

    const manifest = () => JSON.parse(readFileSync(join(folder, 'runs', 'paid', 'manifest.json'), 'utf8'));
    const trained = manifest();
    const before = requests.length;
    const again = await captureCli('evaluate', '--run', 'paid', '--runs', join(folder, 'runs'));
    expect(again.code).toBe(0);
    expect(requests).toHaveLength(before);
    expect(JSON.parse(readFileSync(join(folder, 'runs', 'paid', 'results.json'), 'utf8')).rows).toEqual(results.rows);
    // The command that trained gives the same figures, not that which has read them once more.
    expect(JSON.parse(readFileSync(join(folder, 'runs', 'paid', 'results.json'), 'utf8')).command).toBe(
      results.command,
    );
    const dearer = ['evaluate', '--run', 'paid', '--oracle-answers', '1000', '--runs', join(folder, 'runs')];
    expect(await captureCli(...dearer)).toMatchObject({ code: 2, err: expect.stringContaining('--yes') });
    expect(requests).toHaveLength(before);
    expect(manifest()).toEqual({
      ...trained,
      evaluations: [expect.objectContaining({ status: 'done', command: expect.stringContaining('evaluate') })],
    });

    // Other data could move a user from training to report.
    appendFileSync(join(folder, 'books.csv'), 'r0,b99,New\n');
    const changed = await captureCli('evaluate', '--run', 'paid', '--runs', join(folder, 'runs'));
    expect(changed.code).toBe(2);
    expect(changed.err).toContain('Expected books.csv as it was when run paid was trained');
    expect(requests).toHaveLength(before);
  });

  it('stores every answer that arrives, also those under way when a run fails', async () => {
    let index = 0;
    server = await startChatServer({
      // The third call ends the run while its neighbours are still waiting for their answers.
      answer: () =>
        index++ === 2
          ? { status: 401, body: { error: { message: 'Key revoked.' } } }
          : { status: 200, body: completion, delayMs: 300 },
    });
    vi.stubEnv('OPENAI_API_KEY', key);
    vi.stubEnv('OPENAI_BASE_URL', server.urls.openai);
    expect((await train('revoked')).code).toBe(2);
    const records = readFileSync(join(folder, 'runs', 'revoked', 'calls.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(server.requests).toHaveLength(32);
    expect(records.filter(({ failure }) => failure === undefined)).toHaveLength(31);
  });

  it('asks again after a rate limit that names no time, and loses no user', async () => {
    const { requests } = await startServer(({ index }) => (index % 30 === 29 ? 'rate-limit' : undefined));
    expect(await train('limited')).toMatchObject({ code: 0 });
    const root = join(folder, 'runs', 'limited');
    const {
      timing: { calls },
      data,
    } = JSON.parse(readFileSync(join(root, 'results.json'), 'utf8'));
    expect(calls.map(({ failed }: { failed: number }) => failed)).toEqual([0, 0, 0]);
    expect(data.lostUsers).toBe(0);
    const records = readFileSync(join(root, 'calls.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ attempts, cached }) => attempts !== undefined && !cached);
    const attempts = records.reduce((sum, record) => sum + record.attempts, 0);
    expect(attempts).toBe(requests.length);
    expect(attempts).toBe(records.length + Math.floor(requests.length / 30));
  });

  it('decodes answers in the order that the prompt showed (defect 2)', async () => {
    await startServer();
    await train('orders');
    const lines = readFileSync(join(folder, 'runs', 'orders', 'trajectories.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(64);
    for (const line of lines) {
      const { parsed, candidateOrder } = JSON.parse(line);
      // The server reverses what it was shown.
      expect(parsed.order).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
      expect([...candidateOrder].sort((a: number, b: number) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    expect(new Set(lines.map((line) => JSON.parse(line).orderIndex)).size).toBeGreaterThan(1);
  });

  it('leaves no key and no absolute path in the run folder', async () => {
    await startServer();
    await train('secrets');
    const root = join(folder, 'runs', 'secrets');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
      statSync(join(root, file)).isFile(),
    );
    expect(files).toContain('manifest.json');
    expect(files.some((file) => file.startsWith('responses'))).toBe(true);
    for (const file of files) {
      const content = readFileSync(join(root, file), 'latin1');
      expect(content).not.toContain(key);
      // The data lies outside the working folder here, so its relative path names folders; it must not start at the root.
      expect(content).not.toContain(`"${folder}`);
    }
  });

  it('stops at the first call when the model is unknown, with the server’s words', async () => {
    server = await startChatServer({
      answer: () => ({
        status: 404,
        body: { error: { message: 'The model test-model does not exist.', code: 'model_not_found' } },
      }),
    });
    vi.stubEnv('OPENAI_API_KEY', key);
    vi.stubEnv('OPENAI_BASE_URL', server.urls.openai);
    const { code, err } = await train('unknown');
    expect(code).toBe(2);
    expect(err.trim().split('\n').at(-1)).toMatch(
      /^Error: Expected an answer from openai:test-model, received none\..*does not exist/,
    );
    expect(server.requests.length).toBeLessThanOrEqual(32);
    expect(JSON.parse(readFileSync(join(folder, 'runs', 'unknown', 'manifest.json'), 'utf8')).status).toBe('failed');
  });

  it('says that the key was refused and exits with 2', async () => {
    server = await startChatServer({
      answer: () => ({ status: 401, body: { error: { message: `Incorrect API key provided: ${key}` } } }),
    });
    vi.stubEnv('OPENAI_API_KEY', key);
    vi.stubEnv('OPENAI_BASE_URL', server.urls.openai);
    const { code, err } = await train('refused');
    expect(code).toBe(2);
    expect(err).toContain('authentication');
    expect(err).not.toContain(key);
  });
});

describe('rppkit train with the simulated model', () => {
  const train = (name: string, seed: number) =>
    captureCli(
      'train',
      '--data',
      'synthetic:diverse',
      '--users',
      '400',
      ...smallFlags,
      '--seed',
      String(seed),
      '--runs',
      join(folder, 'runs'),
      '--name',
      name,
    );
  const read = (name: string, file: string) => readFileSync(join(folder, 'runs', name, file));

  it('leaves the same bytes for the same seed, and others for another', async () => {
    for (const [name, seed] of [
      ['first', 5],
      ['second', 5],
      ['other', 6],
    ] as const)
      expect((await train(name, seed)).code).toBe(0);
    for (const file of ['trajectories.jsonl', 'metrics.csv', 'evaluation.csv', 'policy.rpp']) {
      expect(read('second', file).equals(read('first', file))).toBe(true);
      expect(read('other', file).equals(read('first', file))).toBe(false);
    }
    expect(JSON.parse(read('first', 'manifest.json').toString())).toMatchObject({ status: 'done', seed: 5 });
    expect(existsSync(join(folder, 'runs', 'first', 'report.html'))).toBe(true);
  });

  it('prints every row, the verdict and the report’s path', async () => {
    const { out, err } = await train('rows', 1);
    for (const label of ['chance', 'popularity', 'random prompts', 'best fixed prompt', 'RPP, users swapped', 'RPP '])
      expect(out).toContain(`\n${label}`);
    expect(out).toMatch(/Personalised prompts .* pay/);
    expect(out).toContain(join('rows', 'report.html'));
    expect(err.match(/TensorFlow\.js backend: .*/g)).toHaveLength(1);
    expect(
      Math.max(
        ...out
          .split('\n')
          .slice(0, 9)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  it('personalizes for one user, and says what a user id looks like for another', async () => {
    await train('serve', 1);
    const runs = ['--runs', join(folder, 'runs')];
    const user = String(read('serve', 'evaluation.csv')).split('\n')[1]!.split(',')[0]!;
    const { code, out, err } = await captureCli('personalize', '--run', 'serve', '--user', user, ...runs);
    expect(code).toBe(0);
    expect(listCandidates(out)).toHaveLength(10);
    expect(err).toMatch(/role: .*\nhistory: .*\nreasoning: .*\nformat: /);
    const json = await captureCli('personalize', '--run', 'serve', '--user', user, '--json', ...runs);
    const { text, expressions, messages } = JSON.parse(json.out);
    expect(`${text}\n`).toBe(out);
    expect(messages.at(-1).role).toBe('user');
    expect(expressions.map(({ pattern, id }: Record<string, string>) => err.includes(`${pattern}: ${id} (`))).toEqual(
      Array(4).fill(true),
    );
    expect(await captureCli('personalize', '--run', 'serve', '--user', 'nobody', ...runs)).toMatchObject({
      code: 2,
      out: '',
    });
  });

  it('takes no name for a run that could not begin', async () => {
    vi.stubEnv('OPENAI_API_KEY', '');
    const args = [
      'train',
      '--data',
      'synthetic',
      '--model',
      'openai:m',
      '--yes',
      '--runs',
      join(folder, 'runs'),
      '--name',
      'later',
    ];
    expect((await captureCli(...args)).code).toBe(2);
    expect(existsSync(join(folder, 'runs', 'later'))).toBe(false);
  });

  it('refuses a name that is taken', async () => {
    await train('twice', 1);
    const { code, err } = await train('twice', 1);
    expect(code).toBe(2);
    expect(err).toContain('Expected --name to be new, received "twice"');
  });
});

describe('rppkit train with flags that say how data are read', () => {
  const runs = () => join(folder, 'runs');
  const readJson = (name: string, file: string) => JSON.parse(readFileSync(join(runs(), name, file), 'utf8'));
  const train = (name: string, path: string, ...flags: string[]) =>
    captureCli('train', '--data', path, ...flags, ...smallFlags, '--runs', runs(), '--name', name);

  /** The books of `writeCsv` with semicolons, times in milliseconds, steps, quotes that are text, and one bad line. */
  function writeLog(): string {
    const rows = readFileSync(writeCsv(), 'utf8').trim().split('\n').slice(1);
    const lines = rows.map((row, index) => {
      const [reader, book] = row.split(',');
      return `${reader};${book};${978307200000 + 1000 * index};${index}`;
    });
    const path = join(folder, 'books.log');
    writeFileSync(path, `reader;book;at;step\n${lines.join('\n')}\nr0;b0;soon;never\n`);
    const items = Array.from({ length: 40 }, (_, book) => `b${book};The "${100 + book}" book;x|y;${book}`);
    writeFileSync(join(folder, 'items.csv'), `book;name;kinds;year\n${items.join('\n')}\n`);
    return path;
  }

  const common = () => [
    ...['--format', 'csv', '--delimiter', ';', '--no-quotes', '--user-column', 'reader', '--item-column', 'book'],
    ...['--items', join(folder, 'items.csv'), '--items-title-column', 'name', '--items-attributes', 'kinds,year'],
    '--skip-bad-lines',
  ];

  it.each([
    [
      'times in milliseconds',
      ['--time-column', 'at', '--time-format', 'milliseconds', '--k-core', '2'],
      { columns: { user: 'reader', item: 'book', time: 'at' }, timeFormat: 'milliseconds', kCore: 2 },
    ],
    [
      'positions',
      ['--position-column', 'step', '--value-column', 'step', '--minimum-value', '0'],
      { columns: { user: 'reader', item: 'book', position: 'step', value: 'step' }, minimumValue: 0 },
    ],
  ])('keeps %s in the configuration, so that evaluate and personalize read the same', async (_, flags, expected) => {
    const path = writeLog();
    const { code, err } = await train('log', path, ...common(), ...flags);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(err).toMatch(/^Left out 1 line that could not be used:\n {2}\S*books\.log, line 482: expected /m);
    const { data } = readJson('log', 'config.json');
    expect(data).toEqual({
      kind: 'files',
      path: expect.stringMatching(/^[^/].*books\.log$/),
      format: 'csv',
      delimiter: ';',
      quotes: false,
      items: {
        path: expect.stringMatching(/^[^/].*items\.csv$/),
        columns: { item: 'book', title: 'name', kinds: 'kinds', year: 'year' },
      },
      skipBadLines: true,
      ...expected,
    });
    const { command, data: read } = readJson('log', 'manifest.json');
    expect(command).toMatch(/ --format csv --skip-bad-lines .* --delimiter ";" --no-quotes --name log --runs \S+$/);
    expect(command).not.toContain(` ${folder}`);
    expect(Object.keys(read.checksums)).toEqual(['books.log', 'items.csv']);

    const { rows } = readJson('log', 'results.json');
    const again = await captureCli('evaluate', '--run', 'log', '--runs', runs());
    expect(again).toMatchObject({ code: 0, err: expect.stringContaining('Left out 1 line') });
    expect(readJson('log', 'results.json').rows).toEqual(rows);
    const personal = await captureCli('personalize', '--run', 'log', '--user', 'r5', '--runs', runs());
    expect(personal.code).toBe(0);
    expect(personal.out).toMatch(/^\[1\] .*The "1\d\d" book/m);

    // Items are data, too.
    appendFileSync(join(folder, 'items.csv'), 'b99;New;x;1\n');
    const changed = await captureCli('evaluate', '--run', 'log', '--runs', runs());
    expect(changed).toMatchObject({ code: 2, err: expect.stringContaining('Expected items.csv as it was') });
  });

  it('stops at a bad line without --skip-bad-lines', async () => {
    const path = writeLog();
    const flags = common().filter((flag) => flag !== '--skip-bad-lines');
    const { code, err } = await train('log', path, ...flags, '--position-column', 'step');
    expect(code).toBe(2);
    expect(err).toMatch(/^Error: .*books\.log, line 482: expected a number in column "step", received "never"\.$/m);
  });

  it('records a delimiter as it was typed', async () => {
    const path = writeCsv();
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replaceAll('"', '').replaceAll(', the', ' the').replaceAll(',', '/'),
    );
    expect((await train('slash', path, ...csvFlags, '--delimiter', '/')).code).toBe(0);
    expect(readJson('slash', 'manifest.json').command).toMatch(/ --delimiter \/ --name slash --runs /);
  });

  it('refuses a flag that the format does not heed', async () => {
    const { code, err } = await train('log', writeCsv(), ...csvFlags, '--catalogue', 'all');
    expect(code).toBe(2);
    expect(err).toMatch(/^Error: Expected --catalogue only with the formats amazon-2014.* received it with csv\./);
    expect(existsSync(join(runs(), 'log'))).toBe(false);
  });
});

describe('rppkit train with a configuration file', () => {
  const workingFolder = process.cwd();
  afterEach(() => process.chdir(workingFolder));

  it('runs the project of rppkit init, and prints JSON alone where it is asked for', async () => {
    process.chdir(folder);
    expect((await captureCli('init')).code).toBe(0);
    const flags = [...smallFlags, '--users', '120', '--no-plus', '--name', 'first'];
    const { code, out, err } = await captureCli('train', ...flags, '--json');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(err).toMatch(/^Configuration: rppkit\.config\.ts\nRun: runs\/first\n/);
    expect(err).toContain('\nReport: runs/first/report.html\n');
    const readJson = (file: string) => JSON.parse(readFileSync(join('runs', 'first', file), 'utf8'));
    expect(JSON.parse(out)).toEqual(readJson('results.json'));
    expect(readJson('config.json')).toMatchObject({ data: { preset: 'diverse', users: 120 }, episodes: 64, swaps: 20 });
    expect(readJson('manifest.json').command).toBe(
      'rppkit train --users 120 --train-users 20 --report-users 20 --episodes 64 --batch-size 32 --best-fixed-calls 128 --no-plus --name first --json',
    );

    // As the script "report" of its package.json does.
    const again = await captureCli('evaluate', '--run', 'first', '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out).rows).toEqual(JSON.parse(out).rows);
    expect(again.err).toMatch(/^Run: runs\/first\n/);
  });
});

describe('rppkit on wrong usage', () => {
  beforeEach(() => vi.stubEnv('OPENAI_API_KEY', ''));

  it.each([
    ['data that does not exist', ['train', '--data', 'nowhere'], /received "nowhere", which does not exist/],
    ['an empty CSV', ['train', '--data', 'EMPTY', '--order', 'column'], /empty/],
    ['a CSV without order', ['train', '--data', 'CSV'], /--time-column nor --position-column nor --order column/],
    ['a missing column', ['train', '--data', 'CSV', '--order', 'column'], /column.*user.*reader, book, title/],
    ['a model without provider', ['train', '--data', 'synthetic', '--model', 'gpt-4'], /provider:name/],
    ['an unknown provider', ['train', '--data', 'synthetic', '--model', 'nobody:gpt-4'], /nobody:gpt-4/],
    ['a missing key', ['train', '--data', 'synthetic', '--model', 'openai:gpt-4'], /OPENAI_API_KEY/],
    ['an unknown flag', ['train', '--data', 'synthetic', '--epochs', '3'], /[Uu]nknown option '--epochs'/],
    ['no data', ['train'], /Expected --data or a configuration file, received neither\..*"rppkit init"/],
    ['a bad number', ['train', '--data', 'synthetic', '--episodes', 'many'], /Expected an integer of at least 1/],
    ['a missing folder of MovieLens', ['train', '--data', 'FOLDER'], /u\.data/],
    ['an unknown command', ['trian'], /Unknown command 'trian'/],
    ['an unknown run', ['evaluate', '--run', 'none'], /received "none", which is none/],
  ])('%s: exit code 2, one or two lines, no stack', async (_, args, message) => {
    const paths: Record<string, string> = { CSV: writeCsv(), EMPTY: join(folder, 'empty.csv'), FOLDER: folder };
    writeFileSync(paths['EMPTY']!, '');
    const { code, err } = await captureCli(
      ...args.map((arg) => paths[arg] ?? arg),
      ...(args.length > 1 ? ['--runs', join(folder, 'runs')] : []),
    );
    expect(code).toBe(2);
    const lines = err.trim().split('\n');
    const said = lines.slice(lines.findIndex((line) => line.startsWith('Error')));
    expect(said.join(' ')).toMatch(message);
    expect(said.length).toBeLessThanOrEqual(2);
    expect(err).not.toMatch(/^ +at /m);
  });

  it('shows the stack with --debug', async () => {
    const { err } = await captureCli('--debug', 'train', '--data', 'nowhere');
    expect(err).toMatch(/^ +at /m);
  });
});

describe.skipIf(dataFolder === undefined)('rppkit on real data (RPPKIT_DATA)', () => {
  it('reads interactions and items of MovieLens latest from two CSV files', async () => {
    const latest = join(dataFolder!, 'ml-latest-small');
    const files = [
      '--data',
      join(latest, 'ratings.csv'),
      '--items',
      join(latest, 'movies.csv'),
      '--items-attributes',
      'genres',
    ];
    const columns = [
      '--user-column',
      'userId',
      '--item-column',
      'movieId',
      '--time-column',
      'timestamp',
      '--value-column',
      'rating',
    ];
    const { code, out } = await captureCli(
      'train',
      ...files,
      ...columns,
      ...smallFlags,
      '--domain',
      'movies',
      '--runs',
      join(folder, 'runs'),
      '--name',
      'ml',
    );
    expect(code).toBe(0);
    const { data } = JSON.parse(readFileSync(join(folder, 'runs', 'ml', 'results.json'), 'utf8'));
    const [example] = readExamples(join(folder, 'runs', 'ml'));
    expect(data).toMatchObject({ users: 610, items: 9742, interactions: 100_836 });
    expect(example!.prompt.text).toMatch(/candidate movies for what I watch next:\n\[1\] .*\(\d{4}\)/);
    expect(out).toContain('RPP ');
  });

  it('trains with ChatOpenAI and makes the announced calls less store hits', async () => {
    server = await startChatServer({ answer: () => '[3] > [1] > [2] > [4] > [5] > [6] > [7] > [8] > [9] > [10]' });
    vi.stubEnv('OPENAI_API_KEY', key);
    vi.stubEnv('OPENAI_BASE_URL', server.urls.openai);
    const { code, err } = await captureCli(
      ...['train', '--data', join(dataFolder!, 'ml-100k'), ...smallFlags, '--model', 'openai:test-model', '--yes'],
      ...['--runs', join(folder, 'runs'), '--name', 'ml'],
    );
    expect({ code, err }).toMatchObject({ code: 0 });
    const {
      timing: { calls },
      data,
    } = JSON.parse(readFileSync(join(folder, 'runs', 'ml', 'results.json'), 'utf8'));
    expect(data).toMatchObject({ users: 943, items: 1682, interactions: 100_000 });
    const hits = calls.reduce((sum: number, { fromStore }: { fromStore: number }) => sum + fromStore, 0);
    expect(err).toContain('LLM calls: 272');
    expect(server.requests).toHaveLength(272 - hits);
    const dataset = await readDataset(join(dataFolder!, 'ml-100k'));
    const sequences = createUserSequences(dataset);
    const { users, items } = dataset.log;
    const titles = users.map((_, user) => Array.from(sequences.items(user), (item) => renderItemTitle(items[item]!)));
    expectOwnPrompts(server.requests, titles);
  });

  it('trains with the simulated model', async () => {
    const { code, out } = await captureCli(
      'train',
      '--data',
      join(dataFolder!, 'ml-100k'),
      ...smallFlags,
      '--runs',
      join(folder, 'runs'),
    );
    expect(code).toBe(0);
    expect(out).toContain(join('runs', 'ml-100k', 'report.html'));
  });
});

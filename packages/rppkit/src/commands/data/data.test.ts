import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CapturedRun, captureCli } from '../../run-cli.fixture.ts';

const dataFolder = process.env['RPPKIT_DATA'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-data-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]): Promise<CapturedRun> => captureCli('data', ...args);

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Three users, three items; b reads i2 twice. Times begin at 2001-01-01. */
const ratings = `user,item,time,rating,title
a,i1,978307200,3,One
a,i2,978310800,4,Two
a,i3,978314400,5,Three
b,i1,978307200,1,One
b,i2,978310860,2,Two
b,i2,978314400,3,Two
c,i1,978307200,4,One
`;
const ratingsFlags = ['--time-column', 'time', '--value-column', 'rating', '--title-column', 'title'];

/** 60 users with 8 of 40 books each, an hour apart; all titles differ, and none contains another. */
function writeBooks(): string {
  const rows = ['user,item,time,title'];
  for (let user = 0; user < 60; user++) {
    for (let step = 0; step < 8; step++) {
      const book = (user * 7 + step * 5) % 40;
      rows.push(`u${user},b${book},${978307200 + 3600 * step},Book ${100 + book}`);
    }
  }
  return write('books.csv', `${rows.join('\n')}\n`);
}
const booksFlags = ['--time-column', 'time', '--title-column', 'title'];
const smallGroups = ['--train-users', '20', '--report-users', '30'];

function readTasks(path: string): {
  id: string;
  user: string;
  history: { item: { id: string } }[];
  candidates: { id: string }[];
  relevance: Record<string, number>;
}[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('rppkit data inspect', () => {
  it('describes a table', async () => {
    expect(await run('inspect', write('ratings.csv', ratings), ...ratingsFlags)).toEqual({
      code: 0,
      err: '',
      out: `data set      ratings
------------  ---------------------------------------------------------------
order         time
users         3
items         3, 0 of them without interactions
interactions  7, 1 of them repeats
sparsity      33.33 %
items a user  mean 2.0; minimum 1, quartiles 1.5, 2, 2.5, 95 % 2.9, maximum 3
popularity    Gini 0.222; the top 1 % of items have 50.00 %
times         2001-01-01 00:00 UTC to 2001-01-01 02:00 UTC
values        1 to 5
titles        0 shared by several items, 0 equal to the id
an item       i1: One
`,
    });
  });

  it('prints the same as JSON', async () => {
    const { code, out } = await run('inspect', write('ratings.csv', ratings), ...ratingsFlags, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      name: 'ratings',
      order: 'timestamp',
      users: 3,
      items: 3,
      interactions: 7,
      repeatedInteractions: 1,
      sparsity: expect.closeTo(1 / 3),
      timeSpan: { first: 978307200, last: 978314400 },
      valueRange: { minimum: 1, maximum: 5 },
      example: 'i1: One',
      skippedLines: 0,
      checksums: { 'ratings.csv': expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('reads atomic files whose columns have names of their own, such as those of Last.fm', async () => {
    write('plays.inter', 'user_id:token\tartist_id:token\tweight:float\n1\t9\t13883\n1\t7\t2\n');
    write('plays.item', 'artist_id:token\tname:token\n9\tNine\n7\tSeven\n');
    const named = ['--item-column', 'artist_id', '--position-column', 'weight', '--json'];
    const { code, out } = await run('inspect', join(folder, 'plays.inter'), ...named);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ order: 'column', users: 1, items: 2, example: '9: Nine' });
  });

  it('wraps at 80 columns, also a long title and attributes', async () => {
    const items = write('items.csv', `item,title,genre\ni1,${'A long title '.repeat(20)},${'drama|war '.repeat(15)}\n`);
    const path = write('ratings.csv', ratings);
    const { out } = await run('inspect', path, '--items', items, '--items-attributes', 'genre');
    expect(out).toContain('an item       i1: A long title A long');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('leaves bad lines out where it is told to, and reports how many and the first three', async () => {
    const bad = Array.from({ length: 5 }, (_, index) => `d${index},i1,soon,3,One\n`).join('');
    const path = write('ratings.csv', ratings + bad);
    expect(await run('inspect', path, ...ratingsFlags)).toMatchObject({ code: 2, out: '' });
    const { code, out, err } = await run('inspect', path, ...ratingsFlags, '--skip-bad-lines');
    expect(code).toBe(0);
    expect(out).toContain('users         3\n');
    const [head, ...examples] = err.trimEnd().split('\n');
    expect(head).toBe('Left out 5 lines that could not be used, the first 3 of them:');
    expect(examples).toHaveLength(3);
    for (const [index, example] of examples.entries()) {
      expect(example).toContain(`ratings.csv, line ${index + 9}: expected a time`);
      expect(example).toContain('received "soon". If it is a time, pass --time-format');
    }
    const json = await run('inspect', path, ...ratingsFlags, '--skip-bad-lines', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ skippedLines: 5, users: 3 });
    const one = write('one.csv', `${ratings}d,i1,soon,3,One\n`);
    expect((await run('inspect', one, ...ratingsFlags, '--skip-bad-lines')).err).toMatch(
      /^Left out 1 line that could not be used:\n {2}\S/,
    );
  });

  it('refuses play counts as times until the order is declared', async () => {
    const path = write(
      'lastfm.inter',
      'user_id:token\tartist_id:token\ttimestamp:float\n1\t7\t13883\n1\t8\t11690\n2\t7\t5\n'.replace('artist', 'item'),
    );
    expect(await run('inspect', path)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(
        /lastfm\.inter, line 2: expected a time .* received "13883"\..* pass --order column\.\n$/,
      ),
    });
    const { out } = await run('inspect', path, '--order', 'column');
    expect(out).toContain('order         declared, not time: "last" means last in that order\n');
    expect(out).toContain('times         none\n');
  });
});

describe('rppkit data convert', () => {
  it('writes atomic files that hold the same', async () => {
    const path = write('ratings.csv', ratings);
    const to = join(folder, 'atomic', 'deep');
    const { code, out, err } = await run('convert', path, ...ratingsFlags, '--to', to);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.trim().split('\n')).toEqual([
      expect.stringMatching(/deep\/ratings\.inter$/),
      expect.stringMatching(/deep\/ratings\.item$/),
    ]);
    const json = await run('convert', path, ...ratingsFlags, '--to', join(folder, 'again'), '--json');
    expect(JSON.parse(json.out).files).toEqual(
      ['inter', 'item'].map((end) => expect.stringMatching(`ratings.${end}$`)),
    );
    expect(readFileSync(join(to, 'ratings.inter'), 'utf8').split('\n').slice(0, 2)).toEqual([
      'user_id:token\titem_id:token\trating:float\ttimestamp:float',
      'a\ti1\t3\t978307200',
    ]);
    const describeIt = async (...args: string[]) => {
      const { checksums: _, ...rest } = JSON.parse((await run('inspect', ...args, '--json')).out);
      return rest;
    };
    expect(await describeIt(to)).toEqual(await describeIt(path, ...ratingsFlags));
  });

  it('names the files as told, and does with blanks in lists as told', async () => {
    const path = write('ratings.csv', ratings);
    const items = write('items.csv', 'item,title,genres\ni1,One,Film Noir|War\ni2,Two,War\ni3,Three,\n');
    const flags = ['--items', items, '--items-attributes', 'genres', '--to', folder];
    expect((await run('convert', path, ...flags, '--name', 'mine')).code).toBe(0);
    expect(readFileSync(join(folder, 'mine.item'), 'utf8')).toBe(
      'item_id:token\ttitle:token_seq\tgenres:token_seq\ni1\tOne\tFilm_Noir War\ni2\tTwo\tWar\ni3\tThree\t\n',
    );
    const refused = await run('convert', path, ...flags, '--name', 'other', '--list-blanks', 'error');
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringMatching(/Film Noir.*Pass --list-blanks underscore\.\n$/),
    });
  });
});

describe('rppkit data tasks', () => {
  const make = (out: string, ...flags: string[]) =>
    run('tasks', writeBooks(), ...booksFlags, ...smallGroups, '--out', join(folder, out), ...flags);

  it('writes the tasks of each group and the protocol, and lint finds no error in them', async () => {
    const { code, out, err } = await make('tasks', '--validation-users', '5');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.trim().split('\n')).toEqual([
      expect.stringMatching(/tasks\/train\.jsonl: 20 tasks$/),
      expect.stringMatching(/tasks\/validation\.jsonl: 5 tasks$/),
      expect.stringMatching(/tasks\/report\.jsonl: 30 tasks$/),
      expect.stringMatching(/tasks\/protocol\.json$/),
    ]);
    const json = JSON.parse((await make('json', '--validation-users', '5', '--json')).out);
    expect(json.files.map(({ tasks }: { readonly tasks: number }) => tasks)).toEqual([20, 5, 30]);
    expect(json).toMatchObject({ findings: [], protocol: expect.stringMatching(/json\/protocol\.json$/) });
    const file = (role: string) => join(folder, 'tasks', `${role}.jsonl`);
    const users = ['train', 'validation', 'report'].flatMap((role) => readTasks(file(role)).map(({ user }) => user));
    expect(new Set(users).size).toBe(55);
    for (const { user, history, candidates, relevance } of readTasks(file('report'))) {
      const number = Number(user.slice(1));
      const books = Array.from({ length: 8 }, (_, step) => `b${(number * 7 + step * 5) % 40}`);
      expect(history.map(({ item }) => item.id)).toEqual(books.slice(0, 7));
      expect(relevance).toEqual({ [books[7]!]: 1 });
      expect(candidates).toHaveLength(10);
    }
    for (const { history } of readTasks(file('train'))) expect(history).toHaveLength(6);

    const protocol = JSON.parse(readFileSync(join(folder, 'tasks', 'protocol.json'), 'utf8'));
    expect(protocol).toMatchObject({
      data: expect.not.stringMatching(/^\//),
      checksums: { 'books.csv': expect.stringMatching(/^[0-9a-f]{64}$/) },
      settings: { trainUsers: 20, validationUsers: 5, reportUsers: 30, candidates: 10, seed: 1, timeColumn: 'time' },
      findings: [],
    });

    const files = ['train', 'validation', 'report'].flatMap((role) => [`--${role}`, file(role)]);
    expect(await run('lint', ...files)).toEqual({ code: 0, out: 'Nothing found.\n', err: '' });
    expect(await run('lint', join(folder, 'books.csv'), ...booksFlags, ...files)).toMatchObject({ code: 0, err: '' });
  });

  it('gives the same bytes for the same seed and others for another, and leaves no group of before behind', async () => {
    await make('first', '--validation-users', '5');
    await make('second', '--validation-users', '5', '--seed', '1');
    await make('other', '--validation-users', '5', '--seed', '2');
    for (const name of ['train.jsonl', 'validation.jsonl', 'report.jsonl']) {
      const [first, second, other] = ['first', 'second', 'other'].map((run) => readFileSync(join(folder, run, name)));
      expect(second!.equals(first!)).toBe(true);
      expect(other!.equals(first!)).toBe(false);
    }
    await make('first');
    expect(readdirSync(join(folder, 'first')).sort()).toEqual(['protocol.json', 'report.jsonl', 'train.jsonl']);
  });

  it('makes tasks as its flags say', async () => {
    await make('flags', '--candidates', '4', '--relevant', '2', '--exclude', 'target', '--repeats', 'first');
    for (const { candidates, relevance } of readTasks(join(folder, 'flags', 'train.jsonl'))) {
      expect(candidates).toHaveLength(4);
      expect(Object.keys(relevance)).toHaveLength(2);
    }
    for (const { candidates, relevance } of readTasks(join(folder, 'flags', 'report.jsonl'))) {
      expect(candidates).toHaveLength(4);
      expect(Object.keys(relevance)).toHaveLength(1);
    }
    expect(existsSync(join(folder, 'flags', 'validation.jsonl'))).toBe(false);
    expect((await make('popular', '--source', 'popularity')).code).toBe(0);
    expect(readFileSync(join(folder, 'popular', 'report.jsonl'), 'utf8')).not.toBe(
      readFileSync(join(folder, 'flags', 'report.jsonl'), 'utf8'),
    );
  });

  it('takes candidates from a file, and users from those that it lists', async () => {
    // Every user's own books are left out, so that any nine of the others do.
    const all = Array.from({ length: 40 }, (_, book) => `b${book}`).join(' ');
    const lines = Array.from({ length: 60 }, (_, user) => `u${user}\t${all}\n`);
    const listed = write('books.test', lines.join(''));
    expect((await make('listed', '--source', listed)).code).toBe(0);
    const [task] = readTasks(join(folder, 'listed', 'report.jsonl'));
    const own = new Set([...task!.history.map(({ item }) => item.id), ...Object.keys(task!.relevance)]);
    const first = Array.from({ length: 40 }, (_, book) => `b${book}`).filter((id) => !own.has(id));
    const others = task!.candidates.map(({ id }) => id).filter((id) => !own.has(id));
    expect(new Set(others)).toEqual(new Set(first.slice(0, 9)));
    const { settings } = JSON.parse(readFileSync(join(folder, 'listed', 'protocol.json'), 'utf8'));
    expect(settings.source).toMatch(/^[^/].*books\.test$/);

    write('books.test', lines.slice(3, 53).join(''));
    expect((await make('part', '--source', listed)).code).toBe(0);
    const users = ['train', 'report'].flatMap((role) => readTasks(join(folder, 'part', `${role}.jsonl`)));
    expect(new Set(users.map(({ user }) => user))).toEqual(
      new Set(Array.from({ length: 50 }, (_, index) => `u${index + 3}`)),
    );
    write('books.test', lines[0]!);
    expect(await make('short', '--source', listed)).toMatchObject({
      code: 2,
      err: expect.stringContaining('at least 50 users with 3 or more different items, received 1 of 1.'),
    });
    expect(await make('typo', '--source', 'popularty')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Expected uniform, popularity or the path of a file that exists.'),
    });
  });

  it('draws by popularity of training rows alone', async () => {
    // Everybody ends with the same two books, which nobody is trained on.
    const lines = ['user,item,time'];
    for (let user = 0; user < 30; user++) {
      const books = [`b${user % 3}`, `b${3 + (user % 5)}`, 'late', 'last'];
      lines.push(...books.map((book, step) => `u${user},${book},${978307200 + 3600 * step}`));
    }
    for (let user = 30; user < 40; user++)
      lines.push(`u${user},b0,978307200`, `u${user},b8,978307300`, `u${user},b9,978307400`);
    const path = write('ends.csv', `${lines.join('\n')}\n`);
    const flags = ['--time-column', 'time', '--train-users', '0', '--report-users', '40', '--candidates', '4'];
    const { code } = await run('tasks', path, ...flags, '--source', 'popularity', '--out', join(folder, 'ends'));
    expect(code).toBe(0);
    for (const { candidates, relevance } of readTasks(join(folder, 'ends', 'report.jsonl'))) {
      const others = candidates.map(({ id }) => id).filter((id) => relevance[id] === undefined);
      expect(others).toHaveLength(3);
      expect(others.filter((id) => id === 'late' || id === 'last' || id === 'b8' || id === 'b9')).toEqual([]);
    }
  });

  it('leaves a history before several relevant items', async () => {
    const lines = ['user,item,time'];
    for (let user = 0; user < 40; user++) {
      // Every second user has only four books.
      for (let step = 0; step < (user % 2 === 0 ? 8 : 4); step++)
        lines.push(`u${user},b${user}-${step},${978307200 + step}`);
    }
    const path = write('lengths.csv', `${lines.join('\n')}\n`);
    const flags = ['--time-column', 'time', '--train-users', '10', '--report-users', '10', '--relevant', '3'];
    expect((await run('tasks', path, ...flags, '--out', join(folder, 'lengths'))).code).toBe(0);
    for (const { user, relevance, history } of readTasks(join(folder, 'lengths', 'train.jsonl'))) {
      expect([Number(user.slice(1)) % 2, Object.keys(relevance).length, history.length]).toEqual([0, 3, 4]);
    }
  });

  it('prints what lint finds and still writes', async () => {
    const { code, out, err } = await run(
      ...['tasks', writeBooks(), '--order', 'column', '--title-column', 'title', ...smallGroups],
      ...['--out', join(folder, 'tasks')],
    );
    expect(code).toBe(0);
    expect(err).toMatch(/^Warning: order-not-time\n {4}/);
    expect(out).toContain('report.jsonl: 30 tasks');
    const { findings } = JSON.parse(readFileSync(join(folder, 'tasks', 'protocol.json'), 'utf8'));
    expect(findings).toEqual([expect.objectContaining({ code: 'order-not-time', severity: 'warning' })]);
  });
});

describe('rppkit data lint', () => {
  it('ends with 0 on warnings', async () => {
    const { code, out, err } = await run('lint', writeBooks(), ...booksFlags, ...smallGroups, '--effect', '0.05');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    // (1.96 + 0.8416)^2 x 0.25^2 / 0.05^2 = 196.2, rounded up; 30 users find 0.128, rounded up.
    expect(out).toBe(`Warning: too-few-users
    Expected at least 197 report users to find a difference of 0.05 with a
    chance of 0.8 (level 0.05, standard deviation 0.25), received 30, which find
    0.13 or more.
    30 users
    Report on 197 users or more, or claim no difference below what these find.
`);
  });

  it('ends with 1 on errors, which come first', async () => {
    await run('tasks', writeBooks(), ...booksFlags, ...smallGroups, '--out', folder);
    const report = join(folder, 'report.jsonl');
    const { code, out, err } = await run('lint', '--train', report, '--report', report);
    expect(code).toBe(1);
    expect(err).toBe('Error: Expected tasks without errors, received 3, listed above.\n');
    expect(out.match(/^\S.*/gm)).toEqual([
      'Error: duplicate-task-ids',
      'Error: shared-users',
      'Error: same-target',
      'Warning: shared-order',
    ]);
    expect(out.replaceAll('\n    ', ' ')).toContain('Make the tasks with rppkit data tasks, which splits them.');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const json = await run('lint', '--train', report, '--report', report, '--json');
    expect(json).toMatchObject({ code: 1, err });
    expect(JSON.parse(json.out)[0]).toMatchObject({ code: 'duplicate-task-ids', severity: 'error', count: 30 });
  });

  it('checks titles unless told not to', async () => {
    const path = writeBooks();
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/Book \d+/g, 'Same'));
    const flags = [...booksFlags, ...smallGroups];
    expect((await run('lint', path, ...flags)).out).toContain('colliding-titles');
    expect((await run('lint', path, ...flags, '--no-titles')).out).toBe('Nothing found.\n');
  });

  it('names file and line of a task that is none', async () => {
    const path = write('train.jsonl', '{"id": 1}\n');
    expect(await run('lint', '--train', path)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/train\.jsonl, line 1: expected /),
    });
  });
});

describe('rppkit data on wrong usage', () => {
  it.each([
    [
      'a missing file',
      ['inspect', 'NOWHERE'],
      /Expected PATH to be the path of .*nowhere", which does not exist\. Check the path\./,
    ],
    [
      'a missing file of items',
      ['inspect', 'CSV', '--items', 'NOWHERE'],
      /Expected --items to be .* which does not exist/,
    ],
    ['a missing file of tasks', ['lint', '--train', 'NOWHERE'], /nowhere: expected .* Check the path\./],
    ['no path', ['inspect'], /[Mm]issing required argument 'path'/],
    ['nothing to lint', ['lint'], /received neither\. Pass a path, or --train and --report\./],
    ['no folder for the tasks', ['tasks', 'CSV'], /[Rr]equired option '--out <folder>'/],
    ['no folder to convert to', ['convert', 'CSV'], /[Rr]equired option '--to <folder>'/],
    ['an empty file', ['inspect', 'EMPTY'], /empty\.csv.*expected .* empty/],
    ['an empty folder', ['inspect', 'BARE'], /bare: expected u\.data.* received no files\. Pass --format: ml-100k, /],
    [
      'the wrong format',
      ['inspect', 'CSV', '--format', 'recbole'],
      /expected one file .*\.inter.*Pass the folder that holds them, or another --format\./,
    ],
    [
      'a folder of another format',
      ['inspect', 'BARE', '--format', 'ml-1m'],
      /bare: expected ratings\.dat.*Check the path and --format\./,
    ],
    ['an unknown format', ['inspect', 'CSV', '--format', 'excel'], /Allowed choices are ml-100k, /],
    ['CSV read as atomic file', ['inspect', 'INTER'], /name:type.*Pass --format csv --delimiter "\\t"/],
    ['an unknown flag', ['inspect', 'CSV', '--timecolumn', 'time'], /[Uu]nknown option '--timecolumn'/],
    ['an unknown command', ['descibe'], /[Uu]nknown command 'descibe'/],
    [
      'a missing column',
      ['inspect', 'CSV', '--user-column', 'reader'],
      /line 1: expected a column named "reader", received columns user, item, time, rating, title\. Pass the name of an existing column, as with --user-column/,
    ],
    ['another delimiter', ['inspect', 'SEMICOLONS'], /columns user;item;time.* Pass --delimiter, or the name/],
    ['quotes that are text', ['inspect', 'QUOTES'], /line 2: .*Pass --no-quotes where quotes are plain text\./],
    ['latin-1 read as UTF-8', ['inspect', 'LATIN', '--title-column', 'title'], /Pass --encoding latin-1, or convert/],
    [
      'times in another unit',
      ['inspect', 'CSV', '--time-column', 'rating'],
      /pass --time-format \(for tables\); .* pass --order column\./,
    ],
    [
      'a time order without times',
      ['inspect', 'CSV', '--order', 'timestamp'],
      /^Error: Expected --order to be .* Pass --time-column\./,
    ],
    [
      'values to filter by, but none',
      ['inspect', 'CSV', '--minimum-value', '3'],
      /with --value-column if the data are a table/,
    ],
    ['a k-core that nobody is in', ['inspect', 'CSV', '--k-core', '9'], /Pass a smaller --k-core\./],
    [
      'a file where a folder is to be written, for tasks',
      ['tasks', 'CSV', '--order', 'column', '--out', 'CSV'],
      /Expected --out to be a folder, received ".*ratings\.csv", which is a file\. Pass another path\./,
    ],
    [
      'a file where a folder is to be written, for convert',
      ['convert', 'CSV', '--order', 'column', '--to', 'CSV'],
      /Expected --to to be a folder, received ".*ratings\.csv", which is a file\./,
    ],
    [
      'a flag of tables for other data',
      ['inspect', 'RECBOLE', '--time-format', 'seconds'],
      /Expected --time-format only with the formats csv, json-lines, parquet, received it with recbole\. Leave it out/,
    ],
    [
      'a flag of CSV for other data',
      ['inspect', 'RECBOLE', '--no-quotes'],
      /Expected --no-quotes only with the format csv, received it with recbole/,
    ],
    [
      'a flag of Amazon for other data',
      ['inspect', 'CSV', '--catalogue', 'all'],
      /Expected --catalogue only with the formats amazon-2014/,
    ],
    [
      'a flag of --items alone',
      ['inspect', 'CSV', '--items-title-column', 'x'],
      /Expected --items-title-column only with --items/,
    ],
    [
      'a title column that is not there',
      ['inspect', 'RECBOLE', '--title-column', 'name'],
      /r\.item.*Pass --title-column\./,
    ],
    [
      'tasks without an order',
      ['tasks', 'CSV', '--out', 'OUT'],
      /received no order\. Pass --order column if rows or counts give it, or name a column/,
    ],
    [
      'too few users',
      ['tasks', 'CSV', '--order', 'column', '--out', 'OUT'],
      /received 1 of 3\. Pass smaller --train-users and --report-users\./,
    ],
    [
      'no users',
      ['tasks', 'CSV', '--order', 'column', '--out', 'OUT', '--train-users', '0', '--report-users', '0'],
      /received no users\. Pass --train-users/,
    ],
    [
      'too few items',
      ['tasks', 'CSV', '--order', 'column', '--out', 'OUT', '--train-users', '1', '--report-users', '0'],
      /Pass a smaller --candidates\./,
    ],
    [
      'as many relevant as candidates',
      [
        'tasks',
        'CSV',
        '--order',
        'column',
        '--out',
        'OUT',
        '--train-users',
        '1',
        '--report-users',
        '0',
        '--relevant',
        '10',
      ],
      /^Error: Expected --candidates to be an integer of at least 11, received 10/,
    ],
    [
      'more relevant than items',
      [
        'tasks',
        'CSV',
        '--order',
        'column',
        '--out',
        'OUT',
        '--train-users',
        '1',
        '--report-users',
        '0',
        '--relevant',
        '5',
      ],
      /Pass smaller --train-users and --report-users, or --relevant\./,
    ],
    ['a bad number', ['tasks', 'CSV', '--out', 'OUT', '--candidates', '1'], /Expected an integer of at least 2\./],
  ])('%s: exit code 2, one line, no stack, nothing printed', async (_, args, message) => {
    for (const path of ['bare', 'atomic', 'wrong']) mkdirSync(join(folder, path));
    const paths: Record<string, string> = {
      NOWHERE: join(folder, 'nowhere'),
      CSV: write('ratings.csv', ratings),
      EMPTY: write('empty.csv', ''),
      BARE: join(folder, 'bare'),
      OUT: join(folder, 'out'),
      INTER: write('wrong/wrong.inter', 'user\titem\n1\t2\n'),
      SEMICOLONS: write('semicolons.csv', ratings.replaceAll(',', ';')),
      QUOTES: write('quotes.csv', 'user,item\na,the "1" item\n'),
      RECBOLE: join(folder, 'atomic'),
    };
    paths['LATIN'] = write('latin.csv', '');
    writeFileSync(paths['LATIN'], Buffer.from('user,item,title\na,1,Amélie\n', 'latin1'));
    write('atomic/r.inter', 'user_id:token\titem_id:token\na\t1\n');
    write('atomic/r.item', 'item_id:token\ttitle:token\n1\tOne\n');
    const { code, out, err } = await run(...args.map((arg) => paths[arg] ?? arg));
    expect(err).toMatch(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    // Commander adds what was meant.
    expect(err.trim().split('\n').length).toBeLessThanOrEqual(/Did you mean/.test(err) ? 2 : 1);
    expect(err).not.toMatch(/^ +at /m);
    expect(existsSync(paths['OUT']!)).toBe(false);
  });
});

describe.skipIf(dataFolder === undefined)('rppkit data on real data (RPPKIT_DATA)', () => {
  it.each([
    ['ml-100k', [], { order: 'timestamp', users: 943, items: 1682, interactions: 100_000 }],
    ['ml-100k-recbole', [], { order: 'timestamp', users: 943, items: 1682, interactions: 100_000 }],
    ['ml-latest-small', [], { order: 'timestamp', users: 610, items: 9742, interactions: 100_836, unusedItems: 18 }],
    [
      'lastfm/lastfm.inter.gz',
      ['--order', 'column'],
      { order: 'column', users: 1892, items: 17_632, interactions: 92_834 },
    ],
    ['Games', ['--order', 'column'], { order: 'column', items: 16_859 }],
  ])('inspects %s', async (path, flags, expected) => {
    const { code, out, err } = await run('inspect', join(dataFolder!, path), ...flags, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject(expected);
  });

  it('refuses the play counts of Last.fm as times', async () => {
    const { code, err } = await run('inspect', join(dataFolder!, 'lastfm', 'lastfm.inter.gz'));
    expect(code).toBe(2);
    expect(err).toContain('received "13883". If it is a time, pass --time-format (for tables);');
  });

  it('converts, inspects and makes tasks of MovieLens 100K without errors', async () => {
    await run('convert', join(dataFolder!, 'ml-100k'), '--to', folder, '--name', 'copy');
    const tasks = join(folder, 'tasks');
    const { code, err } = await run('tasks', folder, '--out', tasks);
    expect(code).toBe(0);
    expect(err).not.toContain('Error');
    const files = ['--train', join(tasks, 'train.jsonl'), '--report', join(tasks, 'report.jsonl')];
    expect((await run('lint', folder, ...files)).code).toBe(0);
  });
});

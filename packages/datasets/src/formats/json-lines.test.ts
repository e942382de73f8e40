import { describe, expect, it } from 'vitest';
import type { DatasetError } from '../dataset-error.ts';
import { createMemoryFile, type DataFile } from '../files/data-file.ts';
import {
  type InteractionJsonLinesOptions,
  type ItemJsonLinesOptions,
  readInteractionJsonLines,
  readItemJsonLines,
} from './json-lines.ts';

const columns = { user: 'who', item: 'what.id', time: 'when', value: 'stars', title: 'what.name' };
const lines = [
  '{"who": "u1", "what": {"id": 7, "name": "Äpple &amp; red 😀"}, "when": 1000000005, "stars": 4, "text": "\\"q\\", x"}',
  '{"when": "1000000003", "who": 2, "what": {"name": "Pear, The", "id": "b"}, "stars": "0.5"}',
  '  {"who": " u1 ", "what": {"id": "b", "name": null}, "when": 1000000009.5, "stars": 2}',
];
const options: InteractionJsonLinesOptions = { columns };

function asFile(text: string | readonly string[] | Uint8Array): DataFile {
  const content = typeof text === 'string' || text instanceof Uint8Array ? text : text.join('\n');
  return createMemoryFile('data/plays.jsonl', content);
}

describe('readInteractionJsonLines', () => {
  it('reads fields and nested fields, ids as numbers or texts', async () => {
    const { name, order, log } = await readInteractionJsonLines(asFile(lines), options);
    expect([name, order]).toEqual(['plays', 'timestamp']);
    expect(log.users).toEqual(['u1', '2']);
    expect(log.items).toEqual([
      { id: '7', title: 'Äpple & red 😀' },
      { id: 'b', title: 'The Pear' },
    ]);
    expect([...log.user]).toEqual([0, 1, 0]);
    expect([...log.item]).toEqual([0, 1, 1]);
    expect([...log.time!]).toEqual([1000000005, 1000000003, 1000000009.5]);
    expect([...log.value!]).toEqual([4, 0.5, 2]);
    expect(log.position).toBeUndefined();
  });

  it('reads the same with a byte order mark, CRLF and empty lines', async () => {
    const windows = `\ufeff${lines.join('\n\n')}\n`.replaceAll('\n', '\r\n');
    expect(await readInteractionJsonLines(asFile(windows), options)).toEqual(
      await readInteractionJsonLines(asFile(lines), options),
    );
  });

  it('trims ids as readers of separated files do, and takes times as numbers are written', async () => {
    const wanted: InteractionJsonLinesOptions = { columns: { user: 'u', item: 'i', time: 't' } };
    const line = { u: '  \u00a0a b  ', i: 'x', t: '1500000000' };
    const { log } = await readInteractionJsonLines(asFile(JSON.stringify(line)), wanted);
    expect(log.users).toEqual(['\u00a0a b']);
    const hexadecimal = JSON.stringify({ ...line, t: '0x5968dd00' });
    await expect(readInteractionJsonLines(asFile(hexadecimal), wanted)).rejects.toThrow('a time in seconds');
    const large = asFile(JSON.stringify({ ...line, v: 1e39 }));
    const valued = { columns: { user: 'u', item: 'i', value: 'v' } };
    await expect(readInteractionJsonLines(large, valued)).rejects.toThrow('expected a number in column "v"');
  });

  it('prefers a field whose own name has the point', async () => {
    const { log } = await readInteractionJsonLines(asFile('{"u.id": "own", "u": {"id": "nested"}, "i": 1}'), {
      columns: { user: 'u.id', item: 'i' },
    });
    expect(log.users).toEqual(['own']);
    expect(Object.keys(log).sort()).toEqual(['item', 'items', 'user', 'users']);
  });

  it('takes known items, positions, time formats, a name and untouched titles', async () => {
    const text = '{"u": 1, "i": "x", "n": 3, "t": "2001-09-09T01:46:40Z", "name": "Pear, The"}\n';
    const dataset = await readInteractionJsonLines(asFile(`${text}${text.replace('"x"', '"new"')}`), {
      columns: { user: 'u', item: 'i', position: 'n', time: 't', title: 'name' },
      timeFormat: 'iso-8601',
      order: 'column',
      name: 'mine',
      moveArticles: false,
      items: [{ id: 'x', title: 'Known' }],
    });
    expect([dataset.name, dataset.order]).toEqual(['mine', 'column']);
    expect(dataset.log.items.map(({ title }) => title)).toEqual(['Known', 'Pear, The']);
    expect([...dataset.log.time!]).toEqual([1e9, 1e9]);
    expect([...dataset.log.position!]).toEqual([3, 3]);
  });

  const good = '{"who": "u", "what": {"id": "i", "name": "N"}, "when": 1000000000, "stars": 1}';
  const id = 'an id (text or whole number) in column';
  it.each([
    ['an empty file', '\n', undefined, 'lines of text', 'an empty file'],
    ['broken JSON', `${good}\n{"who": "u",\n`, 2, 'a JSON object', '"{\\"who\\": \\"u\\","'],
    ['a list', '[1]', 1, 'a JSON object', '"[1]"'],
    ['a bare value', 'null', 1, 'a JSON object', '"null"'],
    ['a Python literal', "{'who': 'u'}", 1, 'a JSON object', "\"{'who': 'u'}\""],
    ['no user', good.replace('who', 'hwo'), 1, `${id} "who"`, 'undefined'],
    ['a user that is null', good.replace('"u"', 'null'), 1, `${id} "who"`, 'null'],
    ['an empty user', good.replace('"u"', '" "'), 1, `${id} "who"`, '" "'],
    ['a user that is a list', good.replace('"u"', '["u"]'), 1, `${id} "who"`, 'Array of length 1'],
    ['a user with half a character', good.replace('"u"', '"\\ud800"'), 1, `${id} "who"`, expect.any(String)],
    ['a user with a byte 0', good.replace('"u"', '"\\u0000u"'), 1, `${id} "who"`, expect.any(String)],
    ['an id beyond exact integers', good.replace('"i"', '9007199254740993'), 1, `${id} "what.id"`, expect.any(String)],
    ['an id that is a fraction', good.replace('"i"', '1.5'), 1, `${id} "what.id"`, '1.5'],
    ['a way that ends early', good.replace('{"id": "i", "name": "N"}', '"i"'), 1, `${id} "what.id"`, 'undefined'],
    ['a title that is no text', good.replace('"N"', '3'), 1, 'a title in column "what.name"', '3'],
    ['a title of blanks', good.replace('"N"', '"\\n"'), 1, 'a title in column "what.name"', '"\\n"'],
    [
      'a time in words',
      good.replace('1000000000', '"noon"'),
      1,
      expect.stringContaining('a time in seconds'),
      '"noon"',
    ],
    ['a time in milliseconds', good.replace('1000000000', '1000000000000'), 1, expect.any(String), '1000000000000'],
    ['no time', good.replace('when', 'then'), 1, expect.stringContaining('a time in seconds'), 'undefined'],
    ['a value in words', good.replace('1}', '"one"}'), 1, 'a number in column "stars"', '"one"'],
    ['an infinite value', good.replace('1}', '1e999}'), 1, 'a number in column "stars"', 'Infinity'],
    ['a value that is true', good.replace('1}', 'true}'), 1, 'a number in column "stars"', 'true'],
    ['an empty value', good.replace('1}', '""}'), 1, 'a number in column "stars"', '""'],
  ])('refuses %s', async (_, text, line, expected, received) => {
    await expect(readInteractionJsonLines(asFile(text), options)).rejects.toMatchObject({
      code: 'DATASET',
      file: 'data/plays.jsonl',
      line,
      expected,
      received,
    });
  });

  it('says what to do about a JSON list and keeps the cause', async () => {
    const error = await readInteractionJsonLines(asFile('[{"who": "u"},\n'), options).catch((error: unknown) => error);
    expect(error).toMatchObject({ message: expect.stringContaining('Write each object of the list into a line') });
    expect((error as Error).cause).toBeInstanceOf(SyntaxError);
  });

  it('leaves bad lines out, with their users and items', async () => {
    const errors: DatasetError[] = [];
    const bad = [
      good.replace('"u"', '"ghost"').replace('1}', '"one"}'),
      good.replace('"i"', '"phantom"').replace('"N"', 'null'),
      'oops',
    ];
    const bytes = new TextEncoder().encode([bad[0], good, ...bad.slice(1), 'X'].join('\n'));
    bytes[bytes.length - 1] = 0xff;
    const { log } = await readInteractionJsonLines(asFile(bytes), {
      ...options,
      onBadLine: (error) => errors.push(error),
    });
    expect(errors.map(({ line }) => line)).toEqual([1, 3, 4, 5]);
    expect([log.users, log.items.map((item) => item.id)]).toEqual([['u'], ['i']]);
    expect(log.user).toHaveLength(1);
  });

  it('refuses a file in which no line can be used, and options that it does not know', async () => {
    await expect(readInteractionJsonLines(asFile('x\ny'), { ...options, onBadLine: () => {} })).rejects.toThrow(
      'expected at least one interaction, received none',
    );
    await expect(
      readInteractionJsonLines(asFile(lines), { columns, timeFormat: 'hours' as 'seconds' }),
    ).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument: 'timeFormat' });
  });

  it('passes on errors that are not about the data', async () => {
    const onBadLine = (): never => {
      throw new TypeError('mine');
    };
    await expect(readInteractionJsonLines(asFile('x'), { ...options, onBadLine })).rejects.toThrow(TypeError);
  });
});

describe('readItemJsonLines', () => {
  const columns = { item: 'id', title: 'name', genres: 'tags', year: 'made.year', flag: 'ok' };
  const itemOptions: ItemJsonLinesOptions = { columns };

  it('reads titles and attributes', async () => {
    const text = [
      '{"id": 1, "name": "Pear, The", "tags": ["Drama", " War ", "", 7], "made": {"year": 1990}, "ok": true}',
      '{"id": "b", "name": "A &lt; B", "tags": [], "made": null, "ok": ""}',
    ];
    expect(await readItemJsonLines(asFile(text), itemOptions)).toEqual([
      { id: '1', title: 'The Pear', attributes: { genres: ['Drama', 'War', '7'], year: '1990', flag: 'true' } },
      { id: 'b', title: 'A < B', attributes: {} },
    ]);
    expect(await readItemJsonLines(asFile(text), { columns: { item: 'id', title: 'name' } })).toEqual([
      { id: '1', title: 'The Pear' },
      { id: 'b', title: 'A < B' },
    ]);
  });

  it.each([
    ['no id', '{"name": "x"}', 'an id (text or whole number) in column "id"', 'undefined'],
    ['no title', '{"id": 1}', 'a title in column "name"', 'undefined'],
    ['an object as attribute', '{"id": 1, "name": "x", "tags": {}}', expect.stringContaining('"tags"'), 'object'],
    ['a list of lists', '{"id": 1, "name": "x", "tags": [[]]}', expect.stringContaining('"tags"'), 'Array of length 1'],
    ['an item twice', '{"id": "a", "name": "x"}', 'one line for each item', 'item a again (first in line 1)'],
  ])('refuses %s, or leaves it out', async (_, text, expected, received) => {
    const file = asFile(['{"id": "a", "name": "A"}', text]);
    await expect(readItemJsonLines(file, itemOptions)).rejects.toMatchObject({ line: 2, expected, received });
    let skipped = 0;
    const items = await readItemJsonLines(file, { ...itemOptions, onBadLine: () => skipped++ });
    expect([skipped, items.map(({ id }) => id)]).toEqual([1, ['a']]);
  });

  it('refuses a file without usable items', async () => {
    await expect(readItemJsonLines(asFile('{}'), { ...itemOptions, onBadLine: () => {} })).rejects.toThrow(
      'expected at least one item, received none',
    );
  });
});

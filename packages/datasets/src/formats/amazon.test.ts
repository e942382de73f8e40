import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { createMemoryFile } from '../files/data-file.ts';
import { type AmazonFiles, type AmazonOptions, readAmazonReviews } from './amazon.ts';
import type { AmazonGeneration } from './amazon-layout.ts';

const reviews2014 =
  '{"reviewerID": "A1", "asin": "0700026657", "reviewerName": "x \\"y\\"", "helpful": [8, 12], "reviewText": "It\'s,\\nok", ' +
  '"overall": 1.0, "summary": "s", "unixReviewTime": 1341792000, "reviewTime": "07 9, 2012"}\n' +
  "{'reviewerID': 'A2', 'asin': 'B00', 'helpful': [0, 0], 'reviewText': \"It's\", 'overall': 5.0, 'unixReviewTime': 1341792001}\n";
const meta2014 =
  "{'asin': '0700026657', 'title': 'Harbour &amp; Lights, The', 'salesRank': {'Video Games': 61}, 'imUrl': 'http://example.org', " +
  "'related': {'also_bought': ['B00']}, 'brand': '', 'categories': [['Video Games', 'PC'], ['Video Games', 'It\\'s old']]}\n" +
  "{'asin': 'B99', 'title': \"Nobody's\", 'price': 9.99, 'brand': 'Acme', 'categories': [['Video Games']]}\n" +
  "{'asin': 'B00', 'description': 'No title here', 'categories': [['Video Games']]}\n";

const reviews2018 =
  '{"overall": 4.0, "verified": true, "reviewTime": "10 17, 2015", "reviewerID": "A1", "asin": "B00", "style": {"Format:": " PC"}, "unixReviewTime": 1445040000}\n' +
  '{"overall": 2.0, "reviewerID": "A1", "asin": "B01", "unixReviewTime": 1445040000}\n' +
  '{"overall": 3.0, "reviewerID": "A2", "asin": "B02", "unixReviewTime": 1445040001}\n';
const meta2018 =
  '{"category": ["Video Games", "</span></span>", "Toys &amp; Games"], "title": "<span class=\\"a\\">Five < Six</span> &quot;II&quot;", "brand": "by\\n Acme", "asin": "B00"}\n' +
  '{"category": [], "title": "Second entry", "brand": "", "asin": "B00"}\n' +
  '{"category": [], "title": "var aPageStart = (new Date()).getTime();", "brand": "Acme", "asin": "B01"}\n' +
  '{"category": ["Video Games"], "title": "Unseen", "asin": "B77"}\n';

const reviews2023 =
  '{"rating": 5.0, "title": "t", "text": "x<br />", "images": [], "asin": "V1", "parent_asin": "B00", "user_id": "AX", "timestamp": 1588687728923, "helpful_vote": 0}\n';
const meta2023 =
  '{"main_category": "Software", "title": "Pear", "average_rating": 3.9, "categories": ["Software", "Kids"], "store": null, "parent_asin": "B00", "details": {}}\n' +
  '{"main_category": null, "title": null, "categories": [], "store": "Acme", "parent_asin": "B01"}\n';

function read(
  generation: AmazonGeneration,
  texts: { readonly [Name in keyof AmazonFiles]?: string },
  options: Partial<AmazonOptions> = {},
): Promise<Dataset> {
  const files = Object.entries(texts).map(([name, text]) => [
    name,
    createMemoryFile(`${name}_Video_Games_5.json.gz`, text),
  ]);
  return readAmazonReviews(Object.fromEntries(files) as AmazonFiles, { generation, ...options });
}

describe('readAmazonReviews', () => {
  it('reads 2014: JSON or Python literals, meta in Python literals', async () => {
    const { name, order, log } = await read('2014', { reviews: reviews2014, meta: meta2014 });
    expect([name, order]).toEqual(['reviews_Video_Games_5', 'timestamp']);
    expect(log.users).toEqual(['A1', 'A2']);
    expect(log.items).toEqual([
      {
        id: '0700026657',
        title: 'The Harbour & Lights',
        attributes: { categories: ['Video Games', 'PC', "It's old"] },
      },
      { id: 'B00', title: 'B00', attributes: { categories: ['Video Games'] } },
    ]);
    expect([...log.value!]).toEqual([1, 5]);
    expect([...log.time!]).toEqual([1341792000, 1341792001]);
  });

  it('adds items that nobody reviewed only if asked', async () => {
    const { log } = await read('2014', { reviews: reviews2014, meta: meta2014 }, { catalogue: 'all' });
    expect(log.items.map(({ title }) => title)).toEqual(['The Harbour & Lights', 'B00', "Nobody's"]);
    expect([...log.item]).toEqual([0, 1]);
    expect(log.items[2]!.attributes).toEqual({ brand: 'Acme', categories: ['Video Games'] });
  });

  it('reads 2018: markup, scripts as titles, items listed twice or not at all', async () => {
    const { log } = await read('2018', { reviews: reviews2018, meta: meta2018 }, { name: 'games' });
    expect(log.items).toEqual([
      {
        id: 'B00',
        title: 'Five < Six "II"',
        attributes: { categories: ['Video Games', 'Toys & Games'], brand: 'by Acme' },
      },
      { id: 'B01', title: 'B01', attributes: { brand: 'Acme' } },
      { id: 'B02', title: 'B02' },
    ]);
    expect([...log.user]).toEqual([0, 0, 1]);
    expect([...log.time!]).toEqual([1445040000, 1445040000, 1445040001]);
  });

  it('reads 2023: parent products and milliseconds', async () => {
    const { log } = await read('2023', { reviews: reviews2023, meta: meta2023 }, { catalogue: 'all' });
    expect(log.users).toEqual(['AX']);
    expect([...log.time!]).toEqual([1588687728.923]);
    expect(log.items).toEqual([
      { id: 'B00', title: 'Pear', attributes: { category: 'Software', categories: ['Software', 'Kids'] } },
      { id: 'B01', title: 'B01', attributes: { store: 'Acme' } },
    ]);
  });

  it.each([
    ['2014', 'A1,B1,5.0,1341792000\nA2,B1,3.0,1341792001\n'],
    ['2018', 'B1,A1,5.0,1341792000\nB1,A2,3.0,1341792001\n'],
    ['2023', 'user_id,parent_asin,rating,timestamp\nA1,B1,5.0,1341792000000\nA2,B1,3.0,1341792001000\n'],
    ['2023', 'user_id,parent_asin,rating,timestamp,history\nA1,B1,5.0,1341792000000,\nA2,B1,3.0,1341792001000,B7 B8\n'],
  ] as const)('reads the ratings of %s alone', async (generation, ratings) => {
    const { order, log } = await read(generation, { ratings });
    expect(order).toBe('timestamp');
    expect(log.users).toEqual(['A1', 'A2']);
    expect(log.items).toEqual([{ id: 'B1', title: 'B1' }]);
    expect([...log.value!]).toEqual([5, 3]);
    expect([...log.time!]).toEqual([1341792000, 1341792001]);
  });

  it('wants exactly one of reviews and ratings, and options that it knows', async () => {
    const invalid = (argument: string) => expect.objectContaining({ code: 'INVALID_ARGUMENT', argument });
    await expect(read('2018', {})).rejects.toThrow(invalid('files'));
    await expect(read('2018', { reviews: reviews2018, ratings: 'x' })).rejects.toThrow(invalid('files'));
    await expect(read('2013' as '2014', { reviews: reviews2018 })).rejects.toThrow(invalid('generation'));
    const catalogue = 'some' as 'all';
    await expect(read('2018', { reviews: reviews2018 }, { catalogue })).rejects.toThrow(invalid('catalogue'));
  });

  it.each([
    ['2014', { reviews: "{'asin': __import__('os')}\n" }, 'line 1: expected a JSON object'],
    ['2014', { reviews: '"A1"\n' }, 'line 1: expected a JSON object'],
    ['2018', { reviews: "{'asin': 'B00'}\n" }, 'line 1: expected a JSON object'],
    [
      '2018',
      { reviews: reviews2018.replace('"A2"', 'null') },
      'line 3: expected an id (text or whole number) in column',
    ],
    ['2018', { reviews: reviews2018.replace('1445040001', '-1') }, 'line 3: expected a time in seconds'],
    ['2023', { reviews: reviews2023.replace('8923', '') }, 'line 1: expected a time in milliseconds'],
    ['2023', { reviews: '' }, 'expected lines of text, received an empty file'],
    ['2018', { reviews: reviews2018, meta: '{"title": "x"}\n' }, 'meta_Video_Games_5.json.gz, line 1: expected an id'],
    ['2018', { reviews: reviews2018, meta: '{"asin": "B00", "title": {}}\n' }, 'line 1: expected a text or a list of'],
    ['2018', { reviews: reviews2018, meta: '{"asin": "B00", "category": [{}]}\n' }, 'in column "category", received'],
    ['2018', { ratings: 'B1,A1,5.0\n' }, 'line 1: expected 4 columns'],
    ['2023', { ratings: 'A1,B1,5.0,1341792000000\n' }, 'line 1: expected a column named "user_id"'],
  ] as const)('refuses bad data of %s %j', async (generation, texts, message) => {
    const reading = read(generation, texts);
    await expect(reading).rejects.toMatchObject({ code: 'DATASET' });
    await expect(reading).rejects.toThrow(message);
  });

  it('counts bad lines of both files and leaves them out', async () => {
    const places: string[] = [];
    const { log } = await read(
      '2018',
      {
        reviews: `${reviews2018}{"reviewerID": "ghost", "asin": "phantom"}\n`,
        meta: `oops\n{"title": "x"}\n{"asin": "B01", "title": {}}\n${meta2018}`,
      },
      { onBadLine: ({ file, line }) => places.push(`${file.slice(0, 4)} ${line}`) },
    );
    expect(places).toEqual(['revi 4', 'meta 1', 'meta 2', 'meta 3']);
    expect([log.users, log.items.map(({ id }) => id)]).toEqual([
      ['A1', 'A2'],
      ['B00', 'B01', 'B02'],
    ]);
  });

  it('passes on errors that are not about the data', async () => {
    const onBadLine = (): never => {
      throw new TypeError('mine');
    };
    const texts = { reviews: reviews2018, meta: '{"title": "x"}' };
    await expect(read('2018', texts, { onBadLine })).rejects.toThrow(TypeError);
  });
});

import { parseRanking } from '@rppkit/env';
import { createRandomStream, type Item, type RandomStream, samplePermutation } from '@rppkit/spec';
import { sampleRankingTasks } from '../environments/sample-ranking-tasks.ts';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { measureBestTime } from '../harness/measure-time.ts';

const hostileLength = 200_000;
const growthFactor = 4;
const typicalAnswers = 2000;

/** A hostile answer of about so many characters; `titles` are the candidates'. */
type HostileAnswer = (length: number, titles: readonly string[], random: RandomStream) => string;

const repeat = (part: string, length: number): string => part.repeat(Math.ceil(length / part.length));
const fill = (length: number, createPart: (index: number) => string): string => {
  const parts: string[] = [];
  for (let total = 0, index = 0; total < length; index++) {
    const part = createPart(index);
    parts.push(part);
    total += part.length;
  }
  return parts.join('');
};

const hostileAnswers: Readonly<Record<string, HostileAnswer>> = {
  'opening brackets': (length) => repeat('[', length),
  'nested objects': (length) => repeat('{"a":[', length),
  'brackets that close nothing': (length) => repeat('[1,2', length),
  'opened thinking blocks': (length) => repeat('<think>', length),
  'closed thinking blocks': (length) => repeat('<think>no</think>', length),
  'code fences': (length) => repeat('```json\n', length),
  backticks: (length) => repeat('`', length),
  'one chain of digits and signs': (length) => repeat('12 > ', length),
  'digits alone': (length) => repeat('7', length),
  spaces: (length) => repeat(' ', length),
  'line breaks': (length) => repeat('\r\n', length),
  'table cells': (length) => repeat('| ', length),
  asterisks: (length) => repeat('*', length),
  'quotes and escapes': (length) => repeat('"\\"', length),
  'a title without end': (length, titles) => repeat(`${titles[0]} `, length),
  'numbered lines of nearly titles': (length, titles) =>
    fill(length, (index) => `${index + 1}. ${misspell(titles[index % titles.length]!, index)}\n`),
  'bullets of titles, again and again': (length, titles) =>
    fill(length, (index) => `- ${titles[index % titles.length]}\n`),
  'JSON arrays of titles': (length, titles) => fill(length, () => `${JSON.stringify(titles)}\n`),
  'one line of titles and separators': (length, titles) =>
    fill(length, (index) => `${titles[index % titles.length]} - because, (really): `),
  'sentences with chains of numbers': (length) => repeat('so I say [1] > [2] but \n', length),
  'titles with other subtitles': (length, titles) =>
    fill(length, (index) => `- ${titles[index % titles.length]}: Part Of ${index}\n`),
  'chains that go on line after line': (length, titles) => repeat(`${titles[0]} >\n`, length),
  'lines that say their chain again': (length) => repeat('Draft: [2] > [1] > [3]; final: [1] > [2] > [3].\n', length),
  'titles chained again and again on a line': (length, titles) =>
    fill(length, (index) => `First: ${titles[index % 7]} > ${titles[(index + 1) % 7]}; then, final: `),
  'noise of all planes': (length, _, random) => fill(length, () => String.fromCodePoint(1 + random.integer(0xd7fe))),
  'chinese noise with marks': (length, _, random) =>
    fill(length, () => `第${random.integer(99)}名：《${String.fromCodePoint(0x4e00 + random.integer(0x5000))}》、`),
};

const speedParser: DirectBench = defineBench({
  name: 'speed/parser',
  purpose: 'How long the parser takes for an ordinary answer, and for hostile ones of 200 kB and four times as much.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const quick = mode === 'quick';
    const length = quick ? 5000 : hostileLength;
    const random = createRandomStream('parser');
    const [judged] = sampleRankingTasks(random.split('task'), 1);
    const { candidates } = judged!.task;
    log('ordinary answers');
    const typicalMicroseconds = await measureTypicalMicroseconds(random.split('typical'), quick ? 100 : typicalAnswers);
    const rows: (string | number)[][] = [['numbered list of 10 titles', typicalMicroseconds / 1000, '']];
    let hostileMs = 0;
    let growth = 0;
    for (const [name, create] of Object.entries(hostileAnswers)) {
      log(name);
      const measure = (size: number): Promise<number> =>
        measureParsing(
          create(
            size,
            candidates.map(({ title }) => title),
            random.split(name),
          ),
          candidates,
          quick ? 1 : 5,
        );
      const [milliseconds, longer] = [await measure(length), await measure(growthFactor * length)];
      hostileMs = Math.max(hostileMs, milliseconds);
      // Below a few milliseconds a ratio says more about the machine than about the parser.
      const ratio = longer / (growthFactor * milliseconds);
      if (longer > 20) growth = Math.max(growth, ratio);
      rows.push([name, milliseconds, ratio]);
    }
    return {
      figures: { typicalMicroseconds, hostileMs, growth },
      table: { columns: ['answer', 'ms', `ms a character at ${growthFactor} times the length, relative`], rows },
    };
  },
});

export default speedParser;

async function measureTypicalMicroseconds(random: RandomStream, count: number): Promise<number> {
  const tasks = sampleRankingTasks(random, count);
  const answers = tasks.map(({ task: { candidates } }) => ({
    candidates,
    text: Array.from(
      samplePermutation(random, candidates.length),
      (item, place) => `${place + 1}. ${candidates[item]!.title}`,
    ).join('\n'),
  }));
  const pass = async (): Promise<void> => {
    for (const { candidates, text } of answers) parseRanking(text, { candidates, answer: 'titles' });
  };
  for (let warmUp = 0; warmUp < 3; warmUp++) await pass();
  return (1000 * (await measureBestTime(5, pass))) / count;
}

function measureParsing(text: string, candidates: readonly Item[], runs: number): Promise<number> {
  return measureBestTime(runs, async () => {
    parseRanking(text, { candidates, answer: 'titles' });
    parseRanking(text, { candidates, answer: 'indices' });
  }).then((milliseconds) => milliseconds / 2);
}

/** Swaps two neighbouring characters. */
function misspell(title: string, seed: number): string {
  const at = 1 + (seed % Math.max(1, title.length - 2));
  return `${title.slice(0, at)}${title[at + 1] ?? ''}${title[at]}${title.slice(at + 2)}`;
}

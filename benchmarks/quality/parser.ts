import { fileURLToPath } from 'node:url';
import { parseRanking } from '@rppkit/env';
import { computeParserFigures, type ParserFigures, readParserCorpus } from '@rppkit/env/testing';
import { type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';

const corpus = fileURLToPath(new URL('../../packages/env/corpus', import.meta.url));
/** The parser was written with the first, after the second, and before the third. */
const splits = ['development', 'test', 'fresh'] as const;

const qualityParser: DirectBench = defineBench({
  name: 'quality/parser',
  purpose:
    'How well the parser reads a corpus of model outputs: what it matches is right, and what can be read is read.',
  async run(): Promise<BenchOutcome> {
    const measured = splits.map((split): readonly [string, ParserFigures] => {
      const cases = readParserCorpus(corpus, split);
      const parsed = cases.map((parserCase) => parseRanking(parserCase.text, parserCase));
      return [split, computeParserFigures(cases, parsed)];
    });
    const share = (part: number, whole: number): number => (100 * part) / whole;
    return {
      figures: Object.fromEntries(
        measured.flatMap(([split, { matched, correct, recoverable, recovered }]) => [
          [`${split}Precision`, share(correct, matched)],
          [`${split}Recovered`, share(recovered, recoverable)],
        ]),
      ),
      table: {
        columns: ['split', 'cases', 'items matched', 'right', 'lists to recover', 'recovered', 'all as expected'],
        rows: measured.map(([split, { cases, matched, correct, recoverable, recovered, exact }]) => [
          split,
          cases,
          matched,
          correct,
          recoverable,
          recovered,
          exact,
        ]),
      },
    };
  },
});

export default qualityParser;

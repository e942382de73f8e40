import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { type AnswerFigure, type AnswerFigures, answerFigures } from '../paraphrases/answer-figures.ts';
import { askProbes, type Wording } from '../paraphrases/ask-probes.ts';
import { computeDifference } from '../paraphrases/compute-difference.ts';
import { createProbeTasks } from '../paraphrases/create-probe-tasks.ts';

interface Rewrite extends Wording {
  readonly id: string;
  readonly original: string;
  readonly kind: string;
}

interface Corpus {
  readonly rewrites: readonly Rewrite[];
  readonly shuffled: readonly (Wording & { readonly id: string })[];
}

const folder = fileURLToPath(new URL('../../packages/simulator/corpus/', import.meta.url));
const kinds = ['reworded', 'distant', 'chinese'] as const;

/**
 * Every original and every rewrite in its place in an otherwise neutral prompt (no role, plain priority order, numbered
 * titles), asked of the `weak` profile at its default temperature on the same tasks with the same seeds. The original's
 * affected figures are those whose paired difference from the neutral prompt has a 99.9 % interval without 0; a rewrite
 * passes when the 95 % interval of each of them lies on the original's side of 0, a shuffled sentence when no figure moves.
 * In mode `quick` the split `test` is left alone: the reader is worked on with `development`.
 */
const qualityParaphrases: DirectBench = defineBench({
  name: 'quality/paraphrases',
  purpose:
    'Whether rewritten sentences move the answers of the simulated model as their originals do, and salad does not.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const probes = createProbeTasks();
    const neutral = await askProbes(probes, undefined);
    const affected = new Map<string, ReadonlyMap<AnswerFigure, number>>();
    const figures: Record<string, number> = { rewritesMoved: 0, testMoved: 0, shuffledMoved: 0 };
    const rows: (string | number)[][] = [];
    for (const split of mode === 'quick' ? (['development'] as const) : (['development', 'test'] as const)) {
      const corpus = JSON.parse(readFileSync(`${folder}${split}.json`, 'utf8')) as Corpus;
      log(`${split}: ${corpus.rewrites.length} rewrites, ${corpus.shuffled.length} shuffled sentences`);
      // What fails in the split `test` is nobody's business: it would be worked on.
      const name = (failed: readonly string[]): string => (split === 'test' ? '-' : failed.join(', '));
      for (const kind of kinds) {
        const failed: string[] = [];
        const rewrites = corpus.rewrites.filter((rewrite) => rewrite.kind === kind);
        for (const rewrite of rewrites) {
          const { pattern, original } = rewrite;
          let sides = affected.get(original);
          if (sides === undefined) {
            sides = computeSides(await askProbes(probes, { pattern, expression: original }), neutral, 0.999);
            affected.set(original, sides);
          }
          const moved = computeSides(await askProbes(probes, rewrite), neutral, 0.95);
          const wrong = [...sides].filter(([figure, side]) => moved.get(figure) !== side).map(([figure]) => figure);
          if (wrong.length > 0) failed.push(`${rewrite.id} (${wrong.join(' ')})`);
        }
        const passed = rewrites.length - failed.length;
        figures['rewritesMoved']! += passed;
        if (split === 'test') figures['testMoved']! += passed;
        figures[`${kind}Moved`] = (figures[`${kind}Moved`] ?? 0) + passed;
        rows.push([kind, split, rewrites.length, passed, name(failed)]);
      }
      const failed: string[] = [];
      for (const sentence of corpus.shuffled) {
        const moved = computeSides(await askProbes(probes, sentence), neutral, 0.95);
        if (moved.size > 0) failed.push(`${sentence.id} (${[...moved.keys()].join(' ')})`);
      }
      figures['shuffledMoved']! += failed.length;
      rows.push(['shuffled', split, corpus.shuffled.length, corpus.shuffled.length - failed.length, name(failed)]);
    }
    for (const [original, sides] of affected) {
      const moved = [...sides].map(([figure, side]) => `${figure} ${side > 0 ? 'up' : 'down'}`);
      rows.push([`original: ${original}`, '', '', '', moved.length === 0 ? 'moves nothing' : moved.join(', ')]);
    }
    return { figures, table: { columns: ['kind', 'split', 'sentences', 'passed', 'failed, or what moves'], rows } };
  },
});

/** The side of 0 on which the interval of the mean difference lies, for those figures where 0 is not in it. */
function computeSides(
  asked: readonly AnswerFigures[],
  neutral: readonly AnswerFigures[],
  level: number,
): ReadonlyMap<AnswerFigure, number> {
  const sides = new Map<AnswerFigure, number>();
  for (const figure of answerFigures) {
    const { low, high } = computeDifference(asked, neutral, figure, level);
    if (low > 0 || high < 0) sides.set(figure, Math.sign(low + high));
  }
  return sides;
}

export default qualityParaphrases;

import { fileURLToPath } from 'node:url';
import {
  createPatterns,
  extendPattern,
  type Pattern,
  structuredFormatExpression,
  structuredFormatExpressionZh,
} from '@rppkit/patterns';
import { createGuards, type GuardOptions, runGuards } from '@rppkit/refiner';
import { computeGuardFigures, type GuardFigures, type JudgedCase, readGuardCorpus } from '@rppkit/refiner/testing';
import { createSimulatedEmbedder, type RewriteManner, readRewriteRequest, sampleRewrite } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';

const folder = fileURLToPath(new URL('../../packages/refiner/corpus', import.meta.url));
const languages = ['en', 'zh'] as const;
const manners: readonly RewriteManner[] = ['faithful', 'sloppy', 'malicious'];
/** Rewrites of each expression in each manner. */
const draws = 6;

/** The simulated embedder gives sentences that it reads alike one vector: nothing is too near. */
const options: GuardOptions = { embedder: createSimulatedEmbedder(), similarity: { atMost: 1 } };

/** What the simulated model was shown, by language. */
const evidence = {
  en: ['The Lantern Keepers of Hollow Bay', 'Saltwater Arithmetic', 'Ninety Days of Rain'],
  zh: ['雾港守夜人', '青石巷的最后一封信', '云上的纸船与铁皮月亮'],
} as const;

/**
 * All guards with the simulated embedder on the corpus, and on rewrites that the simulated model makes of every expression of the
 * presets. The guards were written with the split `development`; what the first look at `test` showed was repaired; the figures
 * are those of `fresh`, which was written afterwards by somebody who knew neither. In mode `quick` only `development` is judged.
 */
const qualityGuards: DirectBench = defineBench({
  name: 'quality/guards',
  purpose: 'Whether guards let paraphrases pass and reject rewrites that break a rule, for the reason that they break.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const rows: (string | number)[][] = [];
    let figures: Record<string, number> = {};
    const splits = mode === 'quick' ? (['development'] as const) : (['development', 'test', 'fresh'] as const);
    for (const split of splits) {
      const measured = await computeGuardFigures(readGuardCorpus(folder, split), options);
      log(`${split}: ${measured.paraphrases.length + measured.rejected.length + measured.negations.length} rewrites`);
      const { paraphrasesPassed, rejectedForReason, negationsRejected } = measured;
      figures = { paraphrasesPassed, rejectedForReason, negationsRejected };
      rows.push(...listRows(measured, split));
    }
    for (const language of languages) rows.push(...(await judgeSimulated(language, mode === 'quick' ? 1 : draws)));
    return {
      figures,
      table: { columns: ['split', 'rewrites', 'language', 'cases', 'as wanted', 'rejected at all'], rows },
      note: 'As wanted: passed by all guards (paraphrases, faithful rewrites), rejected for the stated reason (all others of the corpus), rejected for any reason (sloppy and malicious rewrites of the simulated model, by the faults that it names).',
    };
  },
});

function listRows({ paraphrases, rejected, negations }: GuardFigures, split: string): (string | number)[][] {
  const isRejected = ({ reasons }: JudgedCase): boolean => reasons.length > 0;
  const reasons = [...new Set(rejected.map((judged) => judged.case.reason))];
  return languages.flatMap((language) => {
    const spoken = <Judged extends JudgedCase>(judged: readonly Judged[]): readonly Judged[] =>
      judged.filter((each) => each.case.language === language);
    const list = (name: string, judged: GuardFigures['rejected']): (string | number)[] => [
      split,
      name,
      language,
      judged.length,
      judged.filter((each) => each.reasons.includes(each.case.reason)).length,
      judged.filter(isRejected).length,
    ];
    const passing = spoken(paraphrases);
    const kept = passing.filter((judged) => !isRejected(judged)).length;
    return [
      [split, 'paraphrases', language, passing.length, kept, passing.length - kept],
      ...reasons.map((reason) =>
        list(
          reason,
          spoken(rejected).filter((judged) => judged.case.reason === reason),
        ),
      ),
      list('negations', spoken(negations)),
    ];
  });
}

/** Rewrites of the simulated model, by manner and fault: how many there are, how many are judged as wanted, and rejected. */
async function judgeSimulated(language: 'en' | 'zh', count: number): Promise<(string | number)[][]> {
  const guards = createGuards(options);
  const tallies = new Map<string, { cases: number; rejected: number }>();
  for (const pattern of listPatterns(language)) {
    for (const parent of pattern.expressions) {
      if (parent.template === '') continue;
      const text = `Purpose: ${parent.perspective}\nSentence: ${parent.template}\n\nEvidence:\n${evidence[language].map((title) => `- ${title}`).join('\n')}\n\nRewrite the sentence. Keep its slots and its language.`;
      const request = readRewriteRequest([{ role: 'user', text }])!;
      const random = createRandomStream(10).split(parent.template);
      for (const manner of manners) {
        for (let draw = 0; draw < count; draw++) {
          const rewrite = sampleRewrite(request, { manner, random: random.split(`${manner} ${draw}`) });
          const context = evidence[language];
          const reports = await runGuards(guards, { pattern, parent, text: rewrite.text, language, context });
          const rejected = reports.some(({ status }) => status === 'rejected');
          for (const name of [manner, ...rewrite.faults.map((fault) => `${manner}: ${fault}`)]) {
            const tally = tallies.get(name) ?? { cases: 0, rejected: 0 };
            tallies.set(name, { cases: tally.cases + 1, rejected: tally.rejected + (rejected ? 1 : 0) });
          }
        }
      }
    }
  }
  return [...tallies]
    .toSorted(([left], [right]) => order(left) - order(right) || left.localeCompare(right))
    .map(([name, { cases, rejected }]) => [
      'simulated',
      name,
      language,
      cases,
      name === 'faithful' ? cases - rejected : rejected,
      rejected,
    ]);
}

function order(name: string): number {
  return manners.findIndex((manner) => name.startsWith(manner));
}

/** The patterns of both presets without the expressions that the first has already, and with the structured format. */
function listPatterns(language: 'en' | 'zh'): readonly Pattern[] {
  const structured = language === 'en' ? structuredFormatExpression : structuredFormatExpressionZh;
  const [role, history, reasoning, format] = createPatterns({ language });
  const known = new Set(format.expressions.map(({ id }) => id));
  const [, , , reference] = createPatterns({ language, preset: 'reference' });
  const others = reference.expressions.filter(({ id }) => !known.has(id));
  return [
    role,
    { ...history, expressions: history.expressions.slice(0, 1) },
    reasoning,
    extendPattern(format, [...others, structured]),
  ];
}

export default qualityGuards;

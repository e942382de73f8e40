import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { readGuardCorpus } from '../testing/guard-corpus.ts';
import { computeGuardFigures } from '../testing/guard-figures.ts';
import { createRewrite, findExpression, hostileTexts } from './find-expression.fixture.ts';
import { createGuards, type GuardName, guardNames } from './guards.ts';
import { badRewrites, goodRewrites, shownTexts } from './rewrites.fixture.ts';
import { runGuards } from './run-guards.ts';

const guards = createGuards();
const listReasons = async (...[language, id, text]: readonly [language: 'en' | 'zh', id: string, text: string]) => {
  const reports = await runGuards(guards, createRewrite(language, id, text, shownTexts));
  return reports.flatMap((report) => (report.status === 'rejected' ? [report.reason] : []));
};

describe('createGuards', () => {
  it('makes all guards, each with its name', () => {
    expect(guards.map(({ name }) => name)).toEqual(guardNames);
  });

  it('leaves out what is named', () => {
    const names = createGuards({ without: ['keep-length', 'keep-meaning'] }).map(({ name }) => name);
    expect(names).toEqual(guardNames.filter((name) => name !== 'keep-length' && name !== 'keep-meaning'));
  });

  it('throws for unknown names and bad limits', () => {
    expect(() => createGuards({ without: ['keep-cool' as GuardName] })).toThrow(InvalidArgumentError);
    expect(() => createGuards({ maximumLength: 0 })).toThrow(InvalidArgumentError);
    expect(() => createGuards({ maximumTokens: 1.5 })).toThrow(InvalidArgumentError);
    expect(() => createGuards({ similarity: { atLeast: 2 } })).toThrow(InvalidArgumentError);
    expect(() => createGuards({ similarity: { atLeast: 0.9, atMost: 0.8 } })).toThrow(InvalidArgumentError);
  });

  it('hands its options on', async () => {
    const rewrite = createRewrite('en', 'plain', 'Rank the candidates by which one I should {interactVerb} first.');
    const [report] = await runGuards(
      createGuards({ maximumLength: 20 }).filter(({ name }) => name === 'keep-length'),
      rewrite,
    );
    expect(report).toMatchObject({ guard: 'keep-length', status: 'rejected', reason: 'length' });
  });

  it('reports meanings as not checked without an embedder', async () => {
    const reports = await runGuards(guards, createRewrite('en', 'plain', 'Rank them by what I should {interactVerb}.'));
    expect(reports.filter(({ status }) => status === 'not-checked').map(({ guard }) => guard)).toEqual([
      'keep-meaning',
    ]);
  });

  it.each(goodRewrites)('passes %s %s: %s', async (...row) => {
    expect(await listReasons(...row)).toEqual([]);
  });

  it.each(badRewrites)('rejects %s %s: %s (%s)', async (language, id, text, reason) => {
    expect(await listReasons(language, id, text)).toContain(reason);
  });

  it('reads hostile texts in bounded time', async () => {
    for (const text of hostileTexts) {
      for (const id of ['preferences-only', 'brief']) {
        const { pattern, parent } = findExpression('en', id);
        const rewrite = { pattern, parent, text, language: 'en', context: shownTexts };
        const reports = await runGuards(guards, rewrite);
        expect(reports.find(({ guard }) => guard === 'keep-length')).toMatchObject({ status: 'rejected' });
      }
    }
  });
});

describe('the corpus to develop on', () => {
  const corpus = readGuardCorpus(fileURLToPath(new URL('../../corpus', import.meta.url)), 'development');

  it('is judged as it should be, but for drift, which needs an embedder', async () => {
    const rejected = corpus.rejected.filter(({ reason }) => reason !== 'drift');
    const figures = await computeGuardFigures({ ...corpus, rejected });
    const failed = figures.paraphrases.filter(({ reasons }) => reasons.length > 0);
    expect(failed.map((judged) => [judged.case.id, judged.details])).toEqual([]);
    const missed = [...figures.rejected, ...figures.negations].filter(
      ({ case: { reason }, reasons }) => !reasons.includes(reason),
    );
    expect(missed.map((judged) => judged.case.id)).toEqual([]);
    expect(figures).toMatchObject({
      paraphrasesPassed: 1,
      rejectedForReason: 1,
      rejectedAtAll: 1,
      negationsForReason: 1,
      negationsRejected: 1,
    });
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PromptExample } from '../experiment/results.ts';
import { renderReport } from './render-report.ts';
import { estimate, examples, hostile, hostileExamples, results } from './results.fixture.ts';

const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('renderReport', () => {
  it('shows every row with its figures', async () => {
    const text = textOf(await renderReport(results, examples));
    expect(text).toContain('Chance 0.100 [0.100, 0.100] 0.295 [0.295, 0.295] 0.454 [0.454, 0.454] – – – – –');
    expect(text).toContain('Popularity 0.214 [0.201, 0.227] 0.431 [0.421, 0.441] 0.541 [0.533, 0.549] – – – – –');
    expect(text).toContain(
      'Random prompts 0.302 [0.289, 0.315] 0.518 [0.508, 0.528] 0.612 [0.604, 0.620] -0.041 [-0.046, -0.036] p &lt; 0.001 – 0 398 1.538 3.1%',
    );
    expect(text).toContain(
      'Best fixed prompt 0.351 [0.338, 0.364] 0.572 [0.562, 0.582] 0.653 [0.645, 0.661] – +0.021 [0.016, 0.026] p = 0.031 13,500 412 1.586 0.4%',
    );
    expect(text).toContain(
      'RPP, users swapped 0.349 [0.336, 0.362] 0.569 [0.559, 0.579] 0.651 [0.643, 0.659] – +0.023 [0.018, 0.028] p = 0.004 12,000 405 1.607 0.5%',
    );
    expect(text).toContain(
      'RPP 0.379 [0.366, 0.392] 0.597 [0.587, 0.607] 0.674 [0.666, 0.682] +0.021 [0.016, 0.026] p = 0.031 – 12,001 407 1.657 0.4%',
    );
    expect(text).toContain(
      'Context oracle 0.391 [0.378, 0.404] 0.611 [0.601, 0.621] 0.687 [0.679, 0.695] – – 50,000 409 1.679 0.4%',
    );
    expect(text).toContain('nothing is divided by a ceiling');
  });

  it('shows verdict, headroom, gains, calls, choices, examples and how to repeat the run', async () => {
    const html = await renderReport(results, examples);
    const text = textOf(html);
    expect(text).toContain(results.verdict);
    expect(text).toContain('+0.033 [0.027, 0.039] NDCG@10, personal prompts can pay here');
    expect(text).toContain('p = 0.001. The oracle was fitted on 50,000 answers.');
    expect(text).toContain('RPP less best fixed prompt: +0.021 [0.015, 0.026]');
    expect(text).toContain('RPP less RPP with users swapped: +0.023 [0.018, 0.028]');
    expect(text).toContain('train 12,000 11,310 690 0');
    expect(text).toContain('All 33,500 32,808 690 2');
    expect(text).toContain('★ 62.1%');
    expect(text).toContain('User 412 : NDCG 1.000 with the personal prompt, 0.431 with the best fixed prompt');
    expect(html).toContain('<li><bdi>Fargo</bdi> <mark>relevant</mark></li>');
    expect(html).toContain(
      '<span class="label">reasoning</span><pre dir="auto">Order the candidates by my personal preferences alone;',
    );
    expect(text).toContain('rppkit demo --seed 7 --runs runs --name demo');
    expect(text).toContain('@tensorflow/tfjs 4.22.0');
  });

  it('shows each refined sentence beside the one that it came from, and what came of the others', async () => {
    const text = textOf(await renderReport(results, examples));
    expect(text).toContain('on the same tasks and candidate orders. Guards that could not check them: keep-meaning.');
    expect(text).toContain(
      'Rank the candidates in the order in which I should {interactVerb} them. reasoning plain~1 Perhaps put the candidates in some order in which I might {interactVerb} them. reasoning plain promoted 143 +0.048 31.0%',
    );
    expect(text).toContain('format indices retired 61 −0.120 0.0%');
    expect(text).toContain('No sentence came of others: negation 2, server 1.');
    const none = textOf(await renderReport({ ...results, refined: { sentences: [], reasons: {} } }, examples));
    expect(none).toContain('No refined sentence passed the guards.');
    expect(textOf(await renderReport({ ...results, refined: null }, examples))).not.toContain('Refined sentences');
  });

  it('labels every chart with its figures', async () => {
    const html = await renderReport(results, examples);
    const labels = [...html.matchAll(/<svg role="img" aria-label="([^"]*)"/g)].map(([, label]) => label);
    // NDCG, gains, the learning curve, each of four patterns, one pattern's effects and the position, in two widths.
    expect(labels).toHaveLength(18);
    expect(html.match(/<svg /g)).toHaveLength(18);
    expect(labels[0]).toContain('Best fixed prompt 0.653 [0.645, 0.661]; RPP, users swapped 0.651 [0.643, 0.659]');
    expect(labels[2]).toContain('RPP less best fixed prompt +0.021 [0.015, 0.026]; RPP less its prompts');
    expect(labels[4]).toContain('After 520 calls 0.610 [0.598, 0.622]; after 12,480 calls');
    expect(labels[6]).toContain('ranker that matches interests 62.1% (best fixed prompt)');
  });

  it('shows groups, effects, answers by reason, the position, cost and the tree of refined sentences', async () => {
    const html = await renderReport(results, examples);
    const text = textOf(html);
    expect(text).toContain('corrected by Holm over all 3 comparisons');
    expect(text).toContain('likelihood of interacting next, step by step next-step-by-step 55 50 65 80');
    expect(text).toContain('no groups by drift');
    expect(text).toContain(
      'reasoning : most by history length , likelihood of interacting next, step by step 50% ( low ) to 80% ( high )',
    );
    expect(text).toContain('format : the same for all groups');
    expect(text).toContain('reasoning next-step-by-step +0.031 [0.011, 0.051] 70 42 *');
    expect(text).toContain('reasoning rare – 0 0');
    expect(text).toContain('RPP 2,000 8 0.4% no-list 7 refusal 1 40 2.0% 3 0.1% 12 0.6% 2 server 2');
    expect(text).toContain('Best fixed prompt -0.0040 [-0.0070, -0.0010] p = 0.009 p = 0.041');
    expect(text).toContain('train 11,310 690 5.8% 4,000,000 500,000 0.90 640 ms 2.1 s 17');
    expect(text).toContain('2 more calls may have been charged for');
    expect(text).toContain('rate-limit 15 (31.0 s in all)');
    expect(text).toContain(
      'promoted : +0.048 over 143 pairs; picked for 31.0% of the report users. Made after update 12; passed 2 guards; not checked by keep-meaning.',
    );
    expect(html).toContain('<ul class="tree">');
  });

  it('says what is not known instead of showing zeros', async () => {
    const timing = { ...results.timing, cost: null };
    const answers = { ...results.answers, training: null };
    const text = textOf(
      await renderReport(
        {
          ...results,
          timing,
          answers,
          effects: null,
          groupUse: [],
          positionBias: [],
          headroom: null,
        },
        examples,
      ),
    );
    expect(text).toContain('No cost was recorded');
    expect(text).toContain('No bar of the headroom');
    expect(text).toContain('Not known: the run has no trajectories.jsonl');
    expect(text).toContain('the answers of the training are not known');
    expect(text).toContain('No groups of users were recorded.');
    expect(text).toContain('Too few users or positions');
    const unpriced = { ...results.timing, cost: { ...results.timing.cost!, prices: null } };
    expect(textOf(await renderReport({ ...results, timing: unpriced }, examples))).toContain(
      '4,000,000 500,000 – 640 ms',
    );
  });

  it('draws the NDCG bars to scale', async () => {
    const html = await renderReport(results, examples);
    // 720 px less 2 x 1 px of padding for an axis of 0 to .8: 897.5 px for each unit.
    const widths = [...html.matchAll(/<path d="M0,[\d.]+h([\d.]+)v12h-[\d.]+Z" fill="#(?:a9b1bb|1f6f8b)"/g)].map(
      (match) => Number(match[1]),
    );
    for (const [index, { ndcg }] of results.rows.entries())
      expect(widths[index]).toBeCloseTo(ndcg['10'].mean * 897.5, 6);
  });

  it('gives equal bytes for equal results, in one process too', async () => {
    expect(await renderReport(structuredClone(results), structuredClone(examples))).toBe(
      await renderReport(results, examples),
    );
  });

  it('refers to nothing outside the file, and its policy allows one script by its hash', async () => {
    const html = (await renderReport(results, examples)).replace(/ xmlns(:xlink)?="[^"]*"/g, '');
    const scripts = [...html.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)];
    expect(scripts.map(([, attributes]) => attributes)).toEqual([
      ' id="explorer-data" type="application/octet-stream"',
      '',
    ]);
    const hash = createHash('sha256').update(scripts[1]![2]!).digest('base64');
    expect(html).toContain(
      `"default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"`,
    );
    expect(scripts[1]![2]).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval|https?:/);
    const rest = html.replace(/<script.*?<\/script>/gs, '');
    expect(rest).not.toMatch(/https?:|\/\/|@import|url\(|<script|<iframe|<object|<img|\ssrc=/);
    expect(rest.match(/\shref="[^"]*"/g)).toEqual([' href="data:,"']);
    const none = await renderReport(results, []);
    expect(none).not.toContain('<script');
    expect(none).not.toContain('script-src');
  });

  it('says whether it is redacted, and what it shows of users', async () => {
    const head = async (...rest: readonly [readonly PromptExample[], { readonly redacted: boolean }?]) =>
      textOf((await renderReport(results, ...rest)).split('<h2>')[0]!);
    expect(await head(examples)).toContain(
      'Not redacted: it holds ids, histories, candidates, prompts and answers of 2 users. One to hand on: rppkit report --redact',
    );
    expect(await head([], { redacted: true })).toContain('Redacted: it shows no single users.');
    expect(await head(examples.slice(1), { redacted: true })).toContain(
      'Redacted: user ids are hashed, and histories, candidates, prompts and answers of 1 user are shown.',
    );
    expect(textOf(await renderReport(results, [], { redacted: true }))).toContain(
      'Left out, as this report is redacted.',
    );
  });

  it('escapes third-party text everywhere and cuts long titles', async () => {
    const html = await renderReport(hostile, hostileExamples);
    for (const raw of ['<script>window', '<img', '\u001b', '\u202e', '\u202c']) expect(html).not.toContain(raw);
    expect(html).not.toContain('L'.repeat(6001));
    expect(html).toContain(`<bdi>${'L'.repeat(140)}… [cut from 10,240 characters]</bdi>`);
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).toContain('No usable ranking in this answer.');
  });

  it('says why there is no headroom', async () => {
    const html = await renderReport({ ...results, headroom: null }, examples);
    expect(html).toContain(
      'The attainable headroom was not measured: it needs a context oracle, which was not asked in this run.',
    );
    expect(html).not.toContain('Attainable headroom');
  });

  it('says what was left out, and what was not recorded', async () => {
    const data = { ...results.data, lostUsers: 3 };
    const text = textOf(await renderReport({ ...results, data, learningCurve: [], patternUse: [] }, []));
    expect(text).toContain('3 report users are left out because a call failed for one of the systems.');
    expect(text).toContain('No training episodes were recorded.');
    expect(text).toContain('No choices of the policy were recorded.');
    expect(text).toContain('No examples were recorded.');
  });

  it('draws a learning curve of one point', async () => {
    const learningCurve = [{ episodes: 10, calls: 12, reward: estimate(0.5, 0) }];
    expect(await renderReport({ ...results, learningCurve }, examples)).toContain(
      'at 1 point. After 12 calls 0.500 [0.500, 0.500]',
    );
  });

  it('refuses a figure that is not finite', async () => {
    const gains = { ...results.gains, overSwapped: { mean: Number.NaN, low: 0, high: 0 } };
    await expect(renderReport({ ...results, gains }, examples)).rejects.toThrow('finite number, received NaN');
  });
});

import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Estimate, ExperimentResults, PromptExample, ResultRow, RowId } from '../experiment/results.ts';
import { renderReport } from './render-report.ts';

const estimate = (mean: number, halfWidth: number): Estimate => ({
  mean,
  low: mean - halfWidth,
  high: mean + halfWidth,
});

const createRow = (
  id: RowId,
  label: string,
  scores: readonly [number, number, number],
  rest: readonly [number, number, number] | null,
): ResultRow => ({
  id,
  label,
  ndcg: { 1: estimate(scores[0], 0.013), 5: estimate(scores[1], 0.01), 10: estimate(scores[2], 0.008) },
  searchCalls: rest?.[0] ?? null,
  tokensPerRanking: rest?.[1] ?? null,
  invalidShare: rest?.[2] ?? null,
});

const films = ['Heat', 'Amélie', 'Alien', 'Fargo', 'Brazil', 'Stalker', 'Ran', 'Seven Samurai', 'Big', 'Jaws'];

function createExample(user: string, titles: readonly string[], relevant: number): PromptExample {
  const parts = [
    ['role', 'You rank films by how well they fit the interests of one particular person.'],
    [
      'history',
      `These are the 3 films I watched most recently, the oldest first:\n1. Solaris\n2. Vertigo\n3. ${titles[0]}`,
    ],
    [
      'candidates',
      `These are 10 candidate films for what I watch next:\n${titles.map((title, index) => `[${index + 1}] ${title}`).join('\n')}`,
    ],
    ['reasoning', 'Order the candidates by my personal preferences alone; how famous a film is does not matter.'],
    ['format', 'Write one line with the numbers of all 10 candidates, the best first, in the form [B] > [C] > [A].'],
  ] as const;
  const spans: { section: string; start: number; end: number }[] = [];
  let text = '';
  for (const [section, content] of parts) {
    if (text !== '') text += '\n\n';
    spans.push({ section, start: text.length, end: text.length + content.length });
    text += content;
  }
  const first = [titles[relevant]!, ...titles.filter((_, index) => index !== relevant)];
  return {
    user,
    history: ['Solaris', 'Vertigo', titles[0]!],
    candidates: titles.map((title, index) => ({ title, relevant: index === relevant })),
    prompt: { text, spans },
    answer: first.map((title) => `[${titles.indexOf(title) + 1}]`).join(' > '),
    ranking: first,
    ndcg: 1,
    fixed: {
      answer: titles.map((title, index) => `${index + 1}. ${title}`).join('\n'),
      ranking: titles,
      ndcg: 1 / Math.log2(relevant + 2),
    },
  };
}

const results: ExperimentResults = {
  schemaVersion: 1,
  run: 'demo',
  command: 'rppkit demo --seed 7 --runs runs --name demo',
  seed: 7,
  data: {
    name: 'Synthetic world "movies"',
    users: 6000,
    items: 1200,
    interactions: 240_512,
    trainUsers: 3000,
    reportUsers: 2000,
    lostUsers: 0,
    candidates: 10,
  },
  model: 'simulated',
  backend: 'wasm',
  rows: [
    {
      ...createRow('chance', 'Chance', [0.1, 0.295, 0.4544], null),
      ndcg: { 1: estimate(0.1, 0), 5: estimate(0.295, 0), 10: estimate(0.4544, 0) },
    },
    createRow('popularity', 'Popularity', [0.214, 0.431, 0.541], null),
    createRow('random', 'Random prompts', [0.302, 0.518, 0.6121], [0, 398, 0.0312]),
    createRow('best-fixed', 'Best fixed prompt', [0.351, 0.572, 0.6533], [13_500, 412, 0.004]),
    createRow('rpp-swapped', 'RPP, users swapped', [0.349, 0.569, 0.6508], [12_000, 405, 0.0051]),
    createRow('rpp', 'RPP', [0.379, 0.597, 0.6742], [12_001, 407, 0.0043]),
    createRow('context-oracle', 'Context oracle', [0.391, 0.611, 0.6866], [50_000, 409, 0.0039]),
  ],
  headroom: { ...estimate(0.0333, 0.006), verdict: 'pays', interactionP: 0.001, oracleAnswers: 50_000 },
  gains: { overBestFixed: estimate(0.0209, 0.0055), overSwapped: estimate(0.0234, 0.005) },
  verdict:
    'Personalisation pays here: RPP is above the best fixed prompt and above its own prompts handed to other users.',
  learningCurve: Array.from({ length: 24 }, (_, index) => ({
    episodes: (index + 1) * 500,
    reward: estimate(0.68 - 0.07 * Math.exp(-index / 6) + 0.004 * Math.sin(index * 1.7), 0.012),
  })),
  patternUse: [
    {
      pattern: 'role',
      expressions: [
        ['none', 'no role', 0.081],
        ['expert', 'expert', 0.123],
        ['recommender', 'recommender', 0.042],
        ['interest-ranker', 'ranker that matches interests', 0.621],
        ['attention', 'familiar with the domain, knows what catches interest', 0.133],
      ],
      fixed: 'interest-ranker',
    },
    {
      pattern: 'history',
      expressions: [2, 5, 10, 20, 40].map(
        (window) => [`last-${window}`, `the last ${window} items`, window / 77] as const,
      ),
      fixed: 'last-10',
    },
    {
      pattern: 'reasoning',
      expressions: [
        ['plain', 'plain priority order', 0.25],
        ['next-step-by-step', 'likelihood of interacting next, step by step', 0.55],
        ['update-preferences', 'after updating preferences with recent items', 0.2],
      ],
      fixed: 'plain',
    },
    {
      pattern: 'format',
      expressions: [
        ['numbered-titles', 'order-numbered list of titles', 0.0],
        ['indices', 'candidate numbers', 1],
      ],
      fixed: 'indices',
    },
  ].map(({ pattern, expressions, fixed }) => ({
    pattern,
    expressions: expressions.map(([id, perspective, share]) => ({
      id: id as string,
      perspective: perspective as string,
      share: share as number,
      fixed: id === fixed,
    })),
  })),
  refined: {
    sentences: [
      {
        pattern: 'reasoning',
        id: 'plain~1',
        parent: 'plain',
        sentence: 'Rank the candidates in the order in which I should {interactVerb} them.',
        parentSentence: 'Perhaps put the candidates in some order in which I might {interactVerb} them.',
        verdict: 'promoted',
        pairs: 143,
        gain: 0.0481,
        share: 0.31,
        notChecked: ['keep-meaning'],
      },
      {
        pattern: 'format',
        id: 'indices~1',
        parent: 'indices',
        sentence: 'Write the numbers of all {count} candidates.',
        parentSentence: 'Write one line with {count:the number|the numbers of all # candidates}.',
        verdict: 'retired',
        pairs: 61,
        gain: -0.1204,
        share: 0,
        notChecked: ['keep-meaning'],
      },
    ],
    reasons: { negation: 2, server: 1 },
  },
  versions: { rppkit: '0.1.0', node: '20.20.2', '@tensorflow/tfjs': '4.22.0' },
  timing: {
    calls: [
      { phase: 'best fixed prompt', announced: 13_500, fromModel: 13_500, fromStore: 0, failed: 0, failures: {} },
      { phase: 'train', announced: 12_000, fromModel: 11_310, fromStore: 690, failed: 0, failures: {} },
      { phase: 'evaluate', announced: 8000, fromModel: 7998, fromStore: 0, failed: 2, failures: { server: 2 } },
    ],
  },
};

const examples = [createExample('412', films, 3), createExample('77', films, 8)];

const attack = `"><script>window.pwned=1</script><img src=x onerror="window.pwned=2"> ' </pre></svg></style> \u202ETXT\u202C \u001b[31mred\u001b[0m`;
const long = 'L'.repeat(10_240);
const hostileTitles = films.map((film, index) => (index === 3 ? long : `${film} ${attack}`));
const hostile: ExperimentResults = {
  ...results,
  run: attack,
  command: `rppkit train --data ${attack}`,
  data: { ...results.data, name: attack },
  model: attack,
  backend: attack,
  verdict: attack,
  rows: results.rows.map((row) => ({ ...row, label: `${row.label} ${attack}` })),
  patternUse: results.patternUse.map((use) => ({
    pattern: attack,
    expressions: use.expressions.map((expression) => ({
      ...expression,
      id: attack,
      perspective: `\u001b\u202e${attack}`,
    })),
  })),
  refined: {
    sentences: results.refined!.sentences.map((sentence) => ({
      ...sentence,
      pattern: attack,
      id: attack,
      parent: attack,
      sentence: attack,
      parentSentence: long,
      notChecked: [attack],
    })),
    reasons: { [attack]: 3 },
  },
  versions: { [attack]: attack },
};

const hostileExamples: readonly PromptExample[] = [
  createExample(attack, hostileTitles, 3),
  { ...createExample(attack, films, 1), answer: long, ranking: [], ndcg: 0 },
];

const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('renderReport', () => {
  it('shows every row with its figures', async () => {
    const text = textOf(await renderReport(results, examples));
    expect(text).toContain('Chance 0.100 [0.100, 0.100] 0.295 [0.295, 0.295] 0.454 [0.454, 0.454] – – –');
    expect(text).toContain('Popularity 0.214 [0.201, 0.227] 0.431 [0.421, 0.441] 0.541 [0.533, 0.549] – – –');
    expect(text).toContain('Random prompts 0.302 [0.289, 0.315] 0.518 [0.508, 0.528] 0.612 [0.604, 0.620] 0 398 3.1%');
    expect(text).toContain(
      'Best fixed prompt 0.351 [0.338, 0.364] 0.572 [0.562, 0.582] 0.653 [0.645, 0.661] 13,500 412 0.4%',
    );
    expect(text).toContain(
      'RPP, users swapped 0.349 [0.336, 0.362] 0.569 [0.559, 0.579] 0.651 [0.643, 0.659] 12,000 405 0.5%',
    );
    expect(text).toContain('RPP 0.379 [0.366, 0.392] 0.597 [0.587, 0.607] 0.674 [0.666, 0.682] 12,001 407 0.4%');
    expect(text).toContain(
      'Context oracle 0.391 [0.378, 0.404] 0.611 [0.601, 0.621] 0.687 [0.679, 0.695] 50,000 409 0.4%',
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
    // NDCG, the learning curve and each of four patterns, in two widths.
    expect(labels).toHaveLength(12);
    expect(html.match(/<svg /g)).toHaveLength(12);
    expect(labels[0]).toContain('Best fixed prompt 0.653 [0.645, 0.661]; RPP, users swapped 0.651 [0.643, 0.659]');
    expect(labels[2]).toContain('After 500 episodes 0.610 [0.598, 0.622]; after 12,000 episodes');
    expect(labels[4]).toContain('ranker that matches interests 62.1% (best fixed prompt)');
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
    expect(html).toContain('The context oracle needs many free answers; not measured with this model.');
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
    const learningCurve = [{ episodes: 10, reward: estimate(0.5, 0) }];
    expect(await renderReport({ ...results, learningCurve }, examples)).toContain(
      'at 1 point. After 10 episodes 0.500 [0.500, 0.500]',
    );
  });

  it('refuses a figure that is not finite', async () => {
    const gains = { ...results.gains, overSwapped: { mean: Number.NaN, low: 0, high: 0 } };
    await expect(renderReport({ ...results, gains }, examples)).rejects.toThrow('finite number, received NaN');
  });
});

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

describe.skipIf(!existsSync(executablePath))(
  'the report in headless Chromium (skipped where CHROMIUM_PATH finds none)',
  () => {
    it.each([
      ['plain', results, examples],
      ['hostile', hostile, hostileExamples],
    ])('%s: no console error, no request, no horizontal page scroll on a phone', async (_, content, users) => {
      const folder = mkdtempSync(join(tmpdir(), 'rppkit-report-'));
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
      try {
        const url = pathToFileURL(join(folder, 'report.html')).href;
        writeFileSync(join(folder, 'report.html'), await renderReport(content, users));
        const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
        const problems: string[] = [];
        const requests: string[] = [];
        page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`));
        page.on('pageerror', (error) => problems.push(error.message));
        page.on('request', (request) => requests.push(request.url()));
        await page.goto(url);
        for (const width of [390, 320, 1280]) {
          await page.setViewportSize({ width, height: 844 });
          await page.evaluate('document.querySelectorAll("details").forEach((element) => { element.open = true; })');
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        }
        expect(await page.evaluate('[document.scripts.length, typeof window.pwned, document.images.length]')).toEqual([
          2,
          'undefined',
          0,
        ]);
        expect(problems).toEqual([]);
        expect(requests.filter((request) => request !== 'data:,')).toEqual([url]);
      } finally {
        await browser.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  },
);

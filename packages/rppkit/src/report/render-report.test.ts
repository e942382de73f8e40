import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type {
  Estimate,
  ExperimentResults,
  PromptExample,
  ResultRow,
  RowId,
  SystemComparison,
} from '../experiment/results.ts';
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

const compareTo = (system: RowId, reference: RowId, mean: number, pValue: number): SystemComparison => ({
  system,
  reference,
  difference: estimate(mean, 0.005),
  pValue: pValue / 2,
  adjustedPValue: pValue,
});

const answerCounts = {
  answers: 2000,
  invalid: { 'no-list': 7, refusal: 1 },
  partial: 40,
  repeated: 3,
  foreign: 12,
  failed: { server: 2 },
};

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
  significance: {
    test: 'paired randomization',
    permutations: 10_000,
    correction: 'holm',
    comparisons: [
      compareTo('random', 'best-fixed', -0.0412, 0.0004),
      compareTo('rpp', 'best-fixed', 0.0209, 0.0312),
      compareTo('rpp', 'rpp-swapped', 0.0234, 0.0044),
    ],
  },
  verdict:
    'Personalisation pays here: RPP is above the best fixed prompt and above its own prompts handed to other users.',
  learningCurve: Array.from({ length: 24 }, (_, index) => ({
    episodes: (index + 1) * 500,
    calls: (index + 1) * 520,
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
  groupUse: ['low', 'middle', 'high'].map((group, index) => ({
    grouping: 'history length',
    group,
    users: 660 + index,
    shares: [
      [0.1, 0.2, 0, 0.5, 0.2],
      [0.2, 0.2, 0.2, 0.2, 0.2],
      [0.25, 0.5 + 0.15 * index, 0.25 - 0.1 * index],
      [0, 1],
    ],
  })),
  effects: [
    {
      pattern: 'reasoning',
      expressions: [
        {
          id: 'plain',
          perspective: 'plain priority order',
          effect: estimate(-0.0123, 0.01),
          answers: 4000,
          effectiveAnswers: 812.4,
        },
        {
          id: 'next-step-by-step',
          perspective: 'likelihood of interacting next, step by step',
          effect: estimate(0.0312, 0.02),
          answers: 70,
          effectiveAnswers: 41.7,
        },
        { id: 'rare', perspective: 'never legal', effect: null, answers: 0, effectiveAnswers: 0 },
      ],
    },
  ],
  answers: {
    evaluation: [{ id: 'rpp', label: 'RPP', ...answerCounts }],
    training: { ...answerCounts, answers: 12_000, invalid: {}, failed: {} },
  },
  positionBias: (['best-fixed', 'rpp'] as const).map((id, index) => ({
    id,
    label: id === 'rpp' ? 'RPP' : 'Best fixed prompt',
    positions: Array.from({ length: 10 }, (_, position) => ({
      position,
      count: 200,
      mean: position === 9 ? null : 0.66 + 0.02 * index - 0.004 * position,
    })),
    slope: estimate(-0.004, 0.003),
    slopeP: 0.009,
    anyEffectP: 0.041,
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
        passed: ['keep-slots', 'keep-length'],
        born: 12,
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
        passed: ['keep-slots', 'keep-length'],
        born: 14,
      },
    ],
    reasons: { negation: 2, server: 1 },
  },
  examples: [createExample('412', films, 3), createExample('77', films, 8)],
  versions: { rppkit: '0.1.0', node: '20.20.2', '@tensorflow/tfjs': '4.22.0' },
  timing: {
    calls: [
      { phase: 'best fixed prompt', announced: 13_500, fromModel: 13_500, fromStore: 0, failed: 0, failures: {} },
      { phase: 'train', announced: 12_000, fromModel: 11_310, fromStore: 690, failed: 0, failures: {} },
      { phase: 'evaluate', announced: 8000, fromModel: 7998, fromStore: 0, failed: 2, failures: { server: 2 } },
    ],
    cost: {
      phases: [
        {
          phase: 'train',
          answers: 11_310,
          fromStore: 690,
          inputTokens: 4_000_000,
          outputTokens: 500_000,
          retries: 17,
          failed: 0,
          possiblyPaid: 2,
          latencyMs: { p50: 640, p95: 2150 },
        },
      ],
      prices: { inputPerMillion: 0.15, outputPerMillion: 0.6 },
      waits: { 'rate-limit': { count: 15, milliseconds: 31_000 } },
    },
  },
};

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
  groupUse: results.groupUse.map((use) => ({
    ...use,
    grouping: attack,
    group: attack,
  })),
  effects: results.effects!.map(({ expressions }) => ({
    pattern: attack,
    expressions: expressions.map((expression) => ({ ...expression, id: attack, perspective: attack })),
  })),
  answers: {
    evaluation: results.answers.evaluation.map((one) => ({
      ...one,
      label: attack,
      invalid: { [attack]: 3 },
      failed: { [attack]: 1 },
    })),
    training: null,
  },
  positionBias: results.positionBias.map((bias) => ({ ...bias, label: attack })),
  refined: {
    sentences: results.refined!.sentences.map((sentence) => ({
      ...sentence,
      pattern: attack,
      id: attack,
      parent: attack,
      sentence: attack,
      parentSentence: long,
      notChecked: [attack],
      passed: [attack],
    })),
    reasons: { [attack]: 3 },
  },
  examples: [
    createExample(attack, hostileTitles, 3),
    { ...createExample(attack, films, 1), answer: long, ranking: [], ndcg: 0 },
  ],
  versions: { [attack]: attack },
  timing: { ...results.timing, cost: { ...results.timing.cost!, waits: { [attack]: { count: 1, milliseconds: 5 } } } },
};

const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('renderReport', () => {
  it('shows every row with its figures', async () => {
    const text = textOf(await renderReport(results));
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
    const html = await renderReport(results);
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
    const text = textOf(await renderReport(results));
    expect(text).toContain('on the same tasks and candidate orders. Guards that could not check them: keep-meaning.');
    expect(text).toContain(
      'Rank the candidates in the order in which I should {interactVerb} them. reasoning plain~1 Perhaps put the candidates in some order in which I might {interactVerb} them. reasoning plain promoted 143 +0.048 31.0%',
    );
    expect(text).toContain('format indices retired 61 −0.120 0.0%');
    expect(text).toContain('No sentence came of others: negation 2, server 1.');
    const none = textOf(await renderReport({ ...results, refined: { sentences: [], reasons: {} } }));
    expect(none).toContain('No refined sentence passed the guards.');
    expect(textOf(await renderReport({ ...results, refined: null }))).not.toContain('Refined sentences');
  });

  it('labels every chart with its figures', async () => {
    const html = await renderReport(results);
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
    const html = await renderReport(results);
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
      await renderReport({
        ...results,
        timing,
        answers,
        effects: null,
        groupUse: [],
        positionBias: [],
        headroom: null,
      }),
    );
    expect(text).toContain('No cost was recorded');
    expect(text).toContain('No bar of the headroom');
    expect(text).toContain('Not known: the run has no trajectories.jsonl any more.');
    expect(text).toContain('the answers of the training are not known');
    expect(text).toContain('No groups of users were recorded.');
    expect(text).toContain('Too few users or positions');
    const unpriced = { ...results.timing, cost: { ...results.timing.cost!, prices: null } };
    expect(textOf(await renderReport({ ...results, timing: unpriced }))).toContain('4,000,000 500,000 – 640 ms');
  });

  it('draws the NDCG bars to scale', async () => {
    const html = await renderReport(results);
    // 720 px less 2 x 1 px of padding for an axis of 0 to .8: 897.5 px for each unit.
    const widths = [...html.matchAll(/<path d="M0,[\d.]+h([\d.]+)v12h-[\d.]+Z" fill="#(?:a9b1bb|1f6f8b)"/g)].map(
      (match) => Number(match[1]),
    );
    for (const [index, { ndcg }] of results.rows.entries())
      expect(widths[index]).toBeCloseTo(ndcg['10'].mean * 897.5, 6);
  });

  it('gives equal bytes for equal results, in one process too', async () => {
    expect(await renderReport(structuredClone(results))).toBe(await renderReport(results));
  });

  it('refers to nothing outside the file and runs no script', async () => {
    const html = (await renderReport(results)).replace(/ xmlns(:xlink)?="[^"]*"/g, '');
    expect(html).not.toMatch(/https?:|\/\/|@import|url\(|<script|<iframe|<object|<img|\ssrc=/);
    expect(html.match(/\shref="[^"]*"/g)).toEqual([' href="data:,"']);
  });

  it('escapes third-party text everywhere and cuts long titles', async () => {
    const html = await renderReport(hostile);
    for (const raw of ['<script', '<img', '\u001b', '\u202e', '\u202c']) expect(html).not.toContain(raw);
    expect(html).not.toContain('L'.repeat(6001));
    expect(html).toContain(`<bdi>${'L'.repeat(140)}… [cut from 10,240 characters]</bdi>`);
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).toContain('No usable ranking in this answer.');
  });

  it('says why there is no headroom', async () => {
    const html = await renderReport({ ...results, headroom: null });
    expect(html).toContain('The context oracle needs many free answers; not measured with this model.');
    expect(html).not.toContain('Attainable headroom');
  });

  it('says what was left out, and what was not recorded', async () => {
    const data = { ...results.data, lostUsers: 3 };
    const text = textOf(await renderReport({ ...results, data, learningCurve: [], patternUse: [], examples: [] }));
    expect(text).toContain('3 report users are left out because a call failed for one of the systems.');
    expect(text).toContain('No training episodes were recorded.');
    expect(text).toContain('No choices of the policy were recorded.');
    expect(text).toContain('No examples were recorded.');
  });

  it('draws a learning curve of one point', async () => {
    const learningCurve = [{ episodes: 10, calls: 12, reward: estimate(0.5, 0) }];
    expect(await renderReport({ ...results, learningCurve })).toContain(
      'at 1 point. After 12 calls 0.500 [0.500, 0.500]',
    );
  });

  it('refuses a figure that is not finite', async () => {
    const gains = { ...results.gains, overSwapped: { mean: Number.NaN, low: 0, high: 0 } };
    await expect(renderReport({ ...results, gains })).rejects.toThrow('finite number, received NaN');
  });
});

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

describe.skipIf(!existsSync(executablePath))(
  'the report in headless Chromium (skipped where CHROMIUM_PATH finds none)',
  () => {
    it.each([
      ['plain', results],
      ['hostile', hostile],
    ])('%s: no console error, no request, no horizontal page scroll on a phone', async (_, content) => {
      const folder = mkdtempSync(join(tmpdir(), 'rppkit-report-'));
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
      try {
        const url = pathToFileURL(join(folder, 'report.html')).href;
        writeFileSync(join(folder, 'report.html'), await renderReport(content));
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
          0,
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

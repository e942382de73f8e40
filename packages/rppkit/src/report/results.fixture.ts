import type {
  Estimate,
  ExperimentResults,
  PromptExample,
  ResultRow,
  RowId,
  SystemComparison,
} from '../experiment/results.ts';

/** A mean with a symmetric interval. */
export function estimate(mean: number, halfWidth: number): Estimate {
  return { mean, low: mean - halfWidth, high: mean + halfWidth };
}

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

/** A user whose relevant title the personal prompt ranks first, and the fixed prompt in candidate order. */
export function createExample(user: string, titles: readonly string[], relevant: number): PromptExample {
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

/** A plausible experiment. */
export const results: ExperimentResults = {
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

/** Two of its users. */
export const examples: readonly PromptExample[] = [createExample('412', films, 3), createExample('77', films, 8)];

const attack = `"><script>window.pwned=1</script><img src=x onerror="window.pwned=2"> ' </pre></svg></style> \u202ETXT\u202C \u001b[31mred\u001b[0m`;
const long = 'L'.repeat(10_240);
const hostileTitles = films.map((film, index) => (index === 3 ? long : `${film} ${attack}`));
/** The experiment with all third-party text replaced by an attack. */
export const hostile: ExperimentResults = {
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
  versions: { [attack]: attack },
  timing: { ...results.timing, cost: { ...results.timing.cost!, waits: { [attack]: { count: 1, milliseconds: 5 } } } },
};

/** Its users: one with an attack in every title but a long one, one with a long answer. */
export const hostileExamples: readonly PromptExample[] = [
  createExample(attack, hostileTitles, 3),
  { ...createExample(attack, films, 1), answer: long, ranking: [], ndcg: 0 },
];

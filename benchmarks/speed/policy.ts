import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectBackend } from '@rppkit/backend';
import {
  createHashedItemEmbedding,
  createHashedText,
  createLastRoundEncoders,
  createRankedPositions,
} from '@rppkit/env';
import { createRandomStream } from '@rppkit/spec';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { compareServedPrompts, type ServingComparison } from '../policy/compare-served-prompts.ts';
import { installFromTarballs } from '../policy/install-from-tarballs.ts';
import { type PolicySetting, trainServedPolicy } from '../policy/train-served-policy.ts';
import { type PreparedWorld, prepareWorld } from '../worlds/prepare-world.ts';

const speedPolicy: DirectBench = defineBench({
  name: 'speed/policy',
  purpose: 'Prompts of users never seen, from a policy file and three packages alone, beside what TensorFlow chooses.',
  async run(context: BenchContext): Promise<BenchOutcome> {
    const folder = await mkdtemp(join(tmpdir(), 'rppkit-policy-'));
    try {
      return await measure(folder, context);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
});

export default speedPolicy;

async function measure(folder: string, { mode, log }: BenchContext): Promise<BenchOutcome> {
  const quick = mode === 'quick';
  log('packing and installing');
  const installed = await installFromTarballs(folder);
  await selectBackend(['wasm', 'cpu']);
  const random = createRandomStream('speed of policies');
  const world = prepareWorld({
    preset: 'diverse',
    fitUsers: quick ? 100 : 2000,
    reportUsers: quick ? 20 : 1000,
    random,
  });
  const settings = createSettings(world);
  const compared: ServingComparison[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    log(`${name}: training`);
    const options = { updates: quick ? 1 : 10, random: random.split(name) };
    const served = await trainServedPolicy(world, setting, options);
    log(`${name}: serving ${served.visits.length} prompts`);
    compared.push(await compareServedPrompts(folder, served));
  }
  const row = (label: string, read: (one: ServingComparison) => number, unit: string): (string | number)[] => [
    label,
    ...compared.map(read),
    unit,
  ];
  return {
    figures: {
      milliseconds: Math.max(...compared.map(({ milliseconds }) => milliseconds)),
      choicesDiffer: compared.reduce((sum, { choicesDiffer }) => sum + choicesDiffer, 0),
      probabilityDifference: Math.max(...compared.map(({ probabilityDifference }) => probabilityDifference)),
    },
    table: {
      columns: ['measurement', ...Object.keys(settings), 'unit'],
      rows: [
        row('a prompt with encoders, networks and text, median', (one) => one.milliseconds, 'ms'),
        row('the same, 99th percentile', (one) => one.slowMilliseconds, 'ms'),
        row('the first prompt of the process', (one) => one.firstMilliseconds, 'ms'),
        row('reading and opening the policy file', (one) => one.openMilliseconds, 'ms'),
        row('prompts', (one) => one.prompts, ''),
        row('different choices among them', (one) => one.differentChoices, ''),
        row('choices or texts other than on TensorFlow', (one) => one.choicesDiffer, ''),
        row('probabilities compared', (one) => one.probabilities, ''),
        row('largest difference of a probability', (one) => one.probabilityDifference, ''),
      ],
    },
    note: `Installed from tarballs and linked, all in all: ${installed.join(', ')}.`,
  };
}

/** Fully connected networks for one round; a GRU over the last ranking for two, the second after a first answer. */
function createSettings({ encoder, space }: PreparedWorld): Readonly<Record<string, PolicySetting>> {
  const ranking = createRankedPositions({ embedding: createHashedItemEmbedding(), positions: 10 });
  return {
    'fully connected': { rounds: 1, encoders: [encoder, createHashedText()], networks: { hiddenSizes: [64, 64] } },
    GRU: {
      rounds: 2,
      encoders: [encoder, createHashedText(), ranking, ...createLastRoundEncoders(space)],
      networks: { hiddenSizes: [64], layerNorm: true, recurrent: { block: ranking.name, hidden: 64 } },
    },
  };
}

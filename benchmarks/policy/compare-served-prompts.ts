import { execFile } from 'node:child_process';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ServedPolicy } from './train-served-policy.ts';

const script = 'serve-prompts.mjs';

/** What the script reports. */
interface ServingReport {
  readonly openMilliseconds: number;
  readonly prompts: readonly {
    readonly choice: number;
    readonly text: string;
    readonly milliseconds: number;
    readonly probabilities: Readonly<Record<string, readonly number[]>>;
  }[];
}

/** Prompts of a process without TensorFlow beside what the learner chose. */
export interface ServingComparison {
  readonly prompts: number;
  /** How many of them are not like another one's choice. */
  readonly differentChoices: number;
  /** Where expressions or prompt text are others than on TensorFlow. */
  readonly choicesDiffer: number;
  readonly probabilities: number;
  /** The largest. */
  readonly probabilityDifference: number;
  readonly openMilliseconds: number;
  readonly firstMilliseconds: number;
  /** Median and 99th percentile of a prompt; the first fifth, in which code is compiled, left out. */
  readonly milliseconds: number;
  readonly slowMilliseconds: number;
}

/** Serves the visits from the policy file in a process of its own, in a folder where the packages are installed. */
export async function compareServedPrompts(
  folder: string,
  { bytes, visits }: ServedPolicy,
): Promise<ServingComparison> {
  await copyFile(fileURLToPath(new URL(script, import.meta.url)), join(folder, script));
  await writeFile(join(folder, 'policy.rpp'), bytes);
  const asked = visits.map(({ task, earlier }) => ({ task, earlier }));
  await writeFile(join(folder, 'visits.json'), JSON.stringify(asked, toPlainArray));
  // Without the arguments of this process, which would have the packages' sources read in place of their bundles.
  await promisify(execFile)(process.execPath, [script, 'policy.rpp', 'visits.json', 'report.json'], { cwd: folder });
  const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as ServingReport;
  return compare(visits, report);
}

function toPlainArray(_: string, value: unknown): unknown {
  return value instanceof Int32Array ? Array.from(value) : value;
}

function compare(visits: ServedPolicy['visits'], { openMilliseconds, prompts }: ServingReport): ServingComparison {
  const differences = visits.flatMap(({ probabilities }, visit) =>
    probabilities.map(({ agent, action, probability }) =>
      Math.abs(probability - prompts[visit]!.probabilities[agent]![action]!),
    ),
  );
  const differ = visits.filter(({ choice, text }, visit) => {
    const served = prompts[visit]!;
    return served.choice !== choice || served.text !== text;
  });
  const times = prompts.map(({ milliseconds }) => milliseconds);
  const warm = times.slice(Math.floor(times.length / 5)).sort((left, right) => left - right);
  return {
    prompts: prompts.length,
    differentChoices: new Set(prompts.map(({ choice }) => choice)).size,
    choicesDiffer: differ.length,
    probabilities: differences.length,
    probabilityDifference: differences.reduce((most, one) => Math.max(most, one), 0),
    openMilliseconds,
    firstMilliseconds: times[0]!,
    milliseconds: warm[Math.floor(warm.length / 2)]!,
    slowMilliseconds: warm[Math.floor(warm.length * 0.99)]!,
  };
}

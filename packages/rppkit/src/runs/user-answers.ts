import { computeStoreKey, openPromptPolicy, type ResponseStore } from '@rppkit/env';
import { openResponseStore } from '@rppkit/env/node';
import {
  composePrompt,
  computeActionMasks,
  createPatternSpace,
  domains,
  listJointActions,
  type PatternSpace,
} from '@rppkit/patterns';
import { createRandomStream, presentTask, type RankingTask, RppError } from '@rppkit/spec';
import { loadData } from '../data/load-data.ts';
import type { ExperimentConfig } from '../experiment/experiment-config.ts';
import { countBestFixedCalls, countTrainingCalls } from '../experiment/plan-calls.ts';
import { createPolicySpace } from '../experiment/policy-space.ts';
import { prepareTasks } from '../experiment/prepare-tasks.ts';
import { listPreviousWindows } from '../experiment/previous-windows.ts';
import type { CallPhase } from '../experiment/results.ts';
import { selectPatterns } from '../experiment/select-patterns.ts';
import { isTrained, readBestFixed, readConfig, readPolicy } from '../run-folder/read-run.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { assertSameData, readManifest } from '../run-folder/run-manifest.ts';
import { readRunCalls } from './run-calls.ts';

/** What a store holds of a user. */
export interface UserAnswers {
  /** Keys of the user's answers. */
  readonly keys: readonly string[];
  /** Why they, or others beside them, cannot be told from those of other users. */
  readonly problem?: string;
}

/** Candidate orders that a task is asked in: the default of environments and searches. */
const candidateOrders = 4;

/**
 * Finds the answers to prompts about one user. A store holds no user, only hashes of requests, so the run's tasks are made
 * again from its data and every prompt that could have been asked about the user is looked up.
 */
export async function findUserAnswers(folder: RunFolder, user: string): Promise<UserAnswers> {
  if (!folder.has('responses')) return { keys: [] };
  try {
    const config = readConfig(folder);
    const { dataset, checksums } = await loadData(config.data, config.seed);
    assertSameData(folder, checksums);
    const { train, report } = prepareTasks(dataset, config, createRandomStream(config.seed).split('tasks'));
    const own = [...train, ...report].find(({ task }) => task.user === user);
    if (own === undefined) return { keys: [] };
    const store = openResponseStore(folder.resolve('responses'));
    try {
      const samples = countSamples(folder, config, train.length);
      const { model } = readManifest(folder);
      const keys = await Promise.all(
        listSpaces(folder, config).map((space) =>
          findStoredKeys(store, listPrompts(space, own.task, config.rounds), { samples, model }),
        ),
      );
      const stored = { keys: [...new Set(keys.flat())] };
      return config.plus === undefined || isTrained(folder) ? stored : { ...stored, problem: unfinishedPlus };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!RppError.isInstance(error) || error.code === 'RESPONSE_STORE') throw error;
    return { keys: [], problem: error.message };
  }
}

const unfinishedPlus =
  'Those to refinements, and to sentences that RPP+ has refined, are only known when its training has ended; go on with the run before.';

/** The spaces of all prompts that could be asked: a space grows at its end, and one with frozen patterns is another. */
function listSpaces(folder: RunFolder, config: ExperimentConfig): readonly PatternSpace[] {
  const whole = createPatternSpace({ domain: domains[config.domain].en, patterns: selectPatterns(config) });
  if (isTrained(folder) && folder.has('policy.rpp')) {
    const { space } = openPromptPolicy(readPolicy(folder));
    return config.freeze === undefined ? [space] : [whole, space];
  }
  const found = config.freeze === undefined ? undefined : readBestFixed(folder);
  return found === undefined ? [whole] : [whole, createPolicySpace(whole, config, found.choice)];
}

/** Draws of one prompt in one order that a phase may have made: phases walk through the training tasks evenly. */
function countSamples(folder: RunFolder, config: ExperimentConfig, tasks: number): number {
  const made = (readRunCalls(folder.path, undefined) ?? [])
    // It asks every prompt of a user once a round.
    .filter(({ phase }) => phase !== ('evaluate' satisfies CallPhase))
    .map(({ fromModel, fromStore, failed }) => fromModel + fromStore + failed);
  const planned = [countBestFixedCalls(config), countTrainingCalls(config), config.oracleAnswers];
  // Rounds of an episode are draws with numbers of their own.
  return Math.ceil(Math.ceil(Math.max(...made, ...planned) / tasks) / candidateOrders) * config.rounds;
}

/** A request without its sample index. */
type Prompt = Pick<ReturnType<typeof composePrompt>, 'messages' | 'responseSchema'>;

function* listPrompts(space: PatternSpace, task: RankingTask, rounds: number): Generator<Prompt> {
  // Windows beyond a history show the same.
  const listed = new Set<string>();
  for (const previousWindow of listPreviousWindows(space, rounds)) {
    const masks = computeActionMasks(space, task, { previousWindow });
    for (let order = 0; order < candidateOrders; order++) {
      const { task: shown } = presentTask(task, order);
      for (const choice of listJointActions(space)) {
        if (choice.some((action, pattern) => masks[pattern]![action] !== 1)) continue;
        const prompt = composePrompt(space, choice, shown, { previousWindow });
        const key = JSON.stringify([prompt.messages, prompt.responseSchema]);
        if (listed.has(key)) continue;
        listed.add(key);
        yield prompt;
      }
    }
  }
}

async function findStoredKeys(
  store: ResponseStore,
  prompts: Iterable<Prompt>,
  { samples, model }: { readonly samples: number; readonly model: string },
): Promise<readonly string[]> {
  const keys = new Set<string>();
  for (const { messages, responseSchema } of prompts) {
    for (let sampleIndex = 0; sampleIndex < samples; sampleIndex++) {
      const schema = responseSchema === undefined ? {} : { responseSchema };
      const key = computeStoreKey(model, { messages, sampleIndex, purpose: 'rank', ...schema });
      if ((await store.get(key)) !== undefined) keys.add(key);
    }
  }
  return [...keys];
}

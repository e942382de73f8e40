import type { TokenPrices } from '@rppkit/env';
import { composePrompt, estimateTokens, type PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import { createTable, type TableExtent } from './create-table.ts';
import { createLegalActions } from './legal-actions.ts';

/** What a recording will take, to be announced before its first call. */
export interface ResponseTablePlan {
  /** Entries of the table: tasks x actions x orders x draws. */
  readonly entries: number;
  /** Calls, if none fails or is answered by a store: different prompts x orders x draws. */
  readonly calls: number;
  /** Estimated from the texts of up to 1,000 prompts, spread evenly over the calls. */
  readonly inputTokens: number;
  /** Calls times `expectedOutputTokens`. */
  readonly outputTokens: number;
  /** In the currency of the prices; absent without them. */
  readonly cost?: number;
}

export interface PlanResponseTableOptions extends TableExtent {
  readonly prices?: TokenPrices;
  /** Tokens that an answer is expected to have, a number of at least 0; default 256. */
  readonly expectedOutputTokens?: number;
  /** Default: `estimateTokens`. */
  readonly countTokens?: (text: string) => number;
}

const mostCounted = 1000;

/**
 * What `recordResponseTable` with the same tasks, space and extent will ask. Where actions are drawn it draws them, so pass
 * a stream of its own, of the same seed. Throws `InvalidArgumentError` as `recordResponseTable` does.
 */
export function planResponseTable(
  tasks: readonly RankingTask[],
  space: PatternSpace,
  { prices, expectedOutputTokens = 256, countTokens = estimateTokens, ...extent }: PlanResponseTableOptions = {},
): ResponseTablePlan {
  if (!(expectedOutputTokens >= 0 && expectedOutputTokens < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError('expectedOutputTokens', 'a finite number, at least 0', expectedOutputTokens);
  }
  const { manifest, actions, statuses } = createTable(tasks, space, { id: '' }, extent);
  const legal = tasks.map(createLegalActions(space, actions));
  const prompts = legal.reduce((sum, { places }) => sum + places.size, 0);
  const calls = prompts * manifest.orders * manifest.draws;

  const counted = Math.min(mostCounted, prompts);
  let tokens = 0;
  let task = 0;
  // Prompts of the tasks before `task`.
  let before = 0;
  for (let sample = 0; sample < counted; sample++) {
    const prompt = Math.floor((sample * prompts) / counted);
    while (prompt - before >= legal[task]!.places.size) before += legal[task++]!.places.size;
    const { choices, places } = legal[task]!;
    const choice = choices[[...places.values()][prompt - before]!]!;
    tokens += composePrompt(space, choice, tasks[task]!, { countTokens }).estimatedTokens;
  }
  const inputTokens = Math.round((tokens / counted) * calls);
  const outputTokens = Math.round(calls * expectedOutputTokens);
  const plan = { entries: statuses.length, calls, inputTokens, outputTokens };
  if (prices === undefined) return plan;
  const { inputPerMillion, outputPerMillion } = prices;
  return { ...plan, cost: (inputTokens * inputPerMillion + outputTokens * outputPerMillion) / 1e6 };
}

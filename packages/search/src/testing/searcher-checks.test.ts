import { fitHistoryStatistics } from '@rppkit/env';
import { computeJointActionCount, decodeJointAction, type JointAction } from '@rppkit/patterns';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { AnswerSource, PromptTrial, TrialAnswers } from '../answers/answer-source.ts';
import { createFoundSequence } from '../searchers/found-sequence.ts';
import { loadFoundPrompts } from '../searchers/load-found-prompts.ts';
import { createRandomSearch } from '../searchers/random-search.ts';
import type { FoundPrompts, Searcher, SearchOptions } from '../searchers/searcher.ts';
import { bestPrompt, createExampleSource } from './example-source.ts';
import { searcherChecks } from './searcher-checks.ts';
import type { SearcherSubject } from './searcher-subject.ts';

const example = createExampleSource();
const encoders = [fitHistoryStatistics(example.tasks.map(({ task }) => task))];

const sound: SearcherSubject = { create: () => createRandomSearch(), load: loadFoundPrompts, encoders, calls: 400 };

const budget = 'never makes more calls than its budget, and counts those it makes';
const refuses = 'refuses a budget below the fewest calls before it asks';
const progress = 'reports rising numbers of calls, the last of them all';
const signals = 'rejects with the reason of its signal and asks no more';
const finds = 'finds a prompt that is far better than all others';
const seeds = 'finds the same for the same seed';
const failures = 'does not take failed calls for bad answers';
const nothing = 'rejects with NoAnswersError where every call fails';
const offered = 'searches among the prompts that a source offers';
const legal = 'chooses legal prompts for every length of history, as many as it says';
const saves = 'survives save, JSON and load with the same choices';

/** Names of the checks that a subject fails. */
async function listFailed(subject: Partial<SearcherSubject>): Promise<string[]> {
  const failed: string[] = [];
  for (const check of searcherChecks) {
    await check.run({ ...sound, ...subject }).catch(() => failed.push(check.name));
  }
  return failed;
}

/** Random search whose searches go through `change`. */
function alterSearch(
  change: (search: Searcher['search'], source: AnswerSource, options: SearchOptions) => Promise<FoundPrompts>,
  rest: Partial<Searcher> = {},
): Partial<SearcherSubject> {
  return {
    create: () => {
      const searcher = createRandomSearch();
      return { ...searcher, search: (source, options) => change(searcher.search, source, options), ...rest };
    },
  };
}

/** Random search that asks or hears its source otherwise. */
function alterSource(
  change: (source: AnswerSource, trials: readonly PromptTrial[], signal?: AbortSignal) => Promise<TrialAnswers>,
): Partial<SearcherSubject> {
  return alterSearch((search, source, options) =>
    search({ ...source, ask: (trials, asking = {}) => change(source, trials, asking.signal) }, options),
  );
}

function alterFound(change: (found: FoundPrompts, source: AnswerSource) => Partial<FoundPrompts>) {
  return alterSearch(async (search, source, options) => {
    const found = await search(source, options);
    return { ...found, ...change(found, source) };
  });
}

describe('the conformance suite of searchers', () => {
  it('passes a sound one', async () => {
    expect(await listFailed({})).toEqual([]);
    // As much as this and no more is needed to choose later.
    const prepared = alterFound((found) => {
      let ready = false;
      return {
        async prepare() {
          ready = true;
        },
        choose(task) {
          if (!ready) throw new Error('not prepared');
          return found.choose(task);
        },
      };
    });
    expect(await listFailed(prepared)).toEqual([]);
  });

  it('finds budgets that are exceeded, and calls that are counted wrongly', async () => {
    const generous = alterSearch((search, source, options) =>
      search(source, { ...options, calls: options.calls + 100 }),
    );
    expect(await listFailed(generous)).toContain(budget);
    expect(await listFailed(alterFound(({ calls }) => ({ calls: calls - 1 })))).toContain(budget);
    const hidden = alterSource(async (source, trials) => {
      await source.ask(trials.slice(0, 1));
      return source.ask(trials);
    });
    expect(await listFailed(hidden)).toContain(budget);
  });

  it('finds fewest calls that are no number of calls, or more than the search may make', async () => {
    const none = alterSearch((search, source, options) => search(source, options), { computeFewestCalls: () => 0 });
    expect(await listFailed(none)).toContain(budget);
    const many = alterSearch((search, source, options) => search(source, options), { computeFewestCalls: () => 2000 });
    expect(await listFailed(many)).toContain(budget);
  });

  it('finds budgets that are taken although they are too small', async () => {
    const lenient = alterSearch((search, source, options) =>
      search(source, { ...options, calls: options.calls >= 1 ? Math.floor(options.calls) : 1 }),
    );
    expect(await listFailed(lenient)).toEqual([refuses]);
    const late = alterSearch(async (search, source, options) => {
      await source.ask([{ task: 0, choice: bestPrompt }]);
      return search(source, options);
    });
    expect(await listFailed(late)).toContain(refuses);
  });

  it('finds progress that is missing, repeats itself or runs ahead', async () => {
    const silent = alterSearch((search, source, { onProgress: _, ...options }) => search(source, options));
    expect(await listFailed(silent)).toEqual([progress]);
    const twice = alterSearch((search, source, { onProgress, ...options }) =>
      search(source, {
        ...options,
        onProgress(made) {
          onProgress?.(made);
          onProgress?.(made);
        },
      }),
    );
    expect(await listFailed(twice)).toEqual([progress]);
    const ahead = alterSearch((search, source, options) => {
      options.onProgress?.({ calls: 1 });
      return search(source, options);
    });
    expect(await listFailed(ahead)).toEqual([progress]);
  });

  it('finds deaf ears', async () => {
    const deaf = alterSearch((search, source, { signal: _, ...options }) => search(source, options));
    expect(await listFailed(deaf)).toEqual([signals]);
    // Looks at its signal itself, but leaves the source waiting.
    const mute = alterSource((source, trials) => source.ask(trials));
    expect(await listFailed(mute)).toEqual([signals]);
    const other = alterSearch((search, source, options) =>
      search(source, options).catch((error: unknown) => {
        throw options.signal?.aborted === true ? new Error('aborted') : error;
      }),
    );
    expect(await listFailed(other)).toEqual([signals]);
  });

  it('finds what does not find anything', async () => {
    const first = alterFound((found, { space }) => ({
      choose: (task) => createFoundSequence(space, [[0, 0, 0]], found.calls).choose(task),
    }));
    expect(await listFailed(first)).toEqual([finds, failures, offered, saves]);
  });

  it('finds searches that differ from one to the next', async () => {
    let runs = 0;
    const drifting = alterSearch((search, source, options) =>
      search(source, { ...options, random: createRandomStream(`run ${runs++}`) }),
    );
    expect(await listFailed(drifting)).toEqual([seeds]);
  });

  it('finds failed calls that are taken for worthless answers', async () => {
    const learning = alterSource(async (source, trials, signal) => {
      const answers = await source.ask(trials, signal === undefined ? {} : { signal });
      return { ...answers, rewards: answers.rewards.map((reward) => (Number.isNaN(reward) ? 0 : reward)) };
    });
    expect(await listFailed(learning)).toEqual([failures, nothing]);
  });

  it('finds prompts that a source does not offer', async () => {
    const careless = alterSearch((search, source, options) => {
      const { actions: _, ...all } = source;
      return search(all, options);
    });
    expect(await listFailed(careless)).toEqual([offered]);
  });

  it('finds trials that no source has', async () => {
    for (const change of [{ task: 40 }, { orderIndex: -1 }, { sampleIndex: 0.5 }]) {
      const wrong = alterSource((source, trials, signal) =>
        source.ask(
          trials.map((trial) => ({ ...trial, ...change })),
          signal === undefined ? {} : { signal },
        ),
      );
      expect(await listFailed(wrong)).toContain(finds);
    }
  });

  it('finds prompts that are illegal for short histories, and too many of them', async () => {
    expect(await listFailed(alterFound(() => ({ choose: () => [bestPrompt] })))).toEqual([legal, saves]);
    expect(
      await listFailed(alterFound((found) => ({ choose: (task) => [...found.choose(task), bestPrompt] }))),
    ).toContain(legal);
    const short = (choice: JointAction): JointAction => choice.slice(0, 2);
    expect(await listFailed(alterFound((found) => ({ choose: (task) => found.choose(task).map(short) })))).toContain(
      legal,
    );
  });

  it('finds states that lose something', async () => {
    const count = computeJointActionCount(example.space);
    const load: SearcherSubject['load'] = (state, options) => ({
      ...loadFoundPrompts(state, options),
      choose: () => [decodeJointAction(example.space, count - 1)],
    });
    expect(await listFailed({ load })).toEqual([saves]);
    expect(await listFailed(alterFound((found) => ({ save: () => ({ ...found.save(), when: new Map() }) })))).toEqual([
      saves,
    ]);
    expect(await listFailed(alterFound((found) => ({ save: () => ({ ...found.save(), calls: 0 }) })))).toEqual([saves]);
  });
});

import type { Dataset } from '@rppkit/datasets';
import { choosePrompts, type PromptPolicy, type RankingAnswer } from '@rppkit/env';
import { bootstrapMeanInterval } from '@rppkit/metrics/statistics';
import { getExpressions, type JointAction, legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import { createChanceScorer, createPopularity, createTaskInteractions } from '@rppkit/recommenders';
import {
  type BestFixedPrompt,
  type ContextOracle,
  computeHeadroom,
  evaluatePrompts,
  type PromptEvaluation,
  sampleJointAction,
  swapPrompts,
  testInteraction,
} from '@rppkit/search';
import type { RandomStream } from '@rppkit/spec';
import { compareSystems } from './compare-systems.ts';
import { type AnswerCounter, createAnswerCounter } from './count-answers.ts';
import { describeGroupUse } from './describe-group-use.ts';
import { describePatternUse } from './describe-pattern-use.ts';
import { type ExperimentContext, runPhase } from './experiment-context.ts';
import { measurePositionBias } from './measure-position-bias.ts';
import { countEvaluatedPrompts } from './plan-calls.ts';
import type { AnswerCounts, Estimate, ExperimentResults, ResultRow, RowId } from './results.ts';
import {
  cutoffs,
  keepCommonUsers,
  promptSystem,
  renderUserValues,
  type SystemValues,
  scoreSystem,
} from './system-values.ts';

/** Everything that the evaluation compares. */
export interface EvaluatedSystems {
  readonly dataset: Dataset;
  /** Its space may have grown, or have patterns that were frozen. */
  readonly promptPolicy: PromptPolicy;
  /** Calls that trained the policy. */
  readonly policyCalls: number;
  /** In the space of the experiment. */
  readonly bestFixed: Pick<BestFixedPrompt, 'choice' | 'calls'>;
  readonly oracle: ContextOracle | undefined;
}

/** What the evaluation found, as it goes into the results. */
export type EvaluationResults = Pick<
  ExperimentResults,
  'rows' | 'headroom' | 'gains' | 'significance' | 'patternUse' | 'groupUse' | 'positionBias'
> & {
  readonly answers: ExperimentResults['answers']['evaluation'];
  readonly lostUsers: number;
  /** The joint action of each report task. */
  readonly choices: readonly JointAction[];
  /** Report tasks that every system answered. */
  readonly kept: Int32Array;
  /** Of each report task, what the personal and the fixed prompt were answered. */
  readonly given: { readonly rpp: readonly RankingAnswer[]; readonly fixed: readonly RankingAnswer[] };
};

/**
 * Asks every system's prompt for every report user, once each, and compares them on the users that all of them answered.
 * The policy and its swapped control choose from the policy's space, all others from that of the experiment.
 * Writes `evaluation.csv` with the per-user values. Throws where more users are lost than the configuration allows.
 */
export async function evaluatePolicy(
  context: ExperimentContext,
  systems: EvaluatedSystems,
): Promise<EvaluationResults> {
  const { config, tasks, space, encoders, random } = context;
  const { report } = tasks;
  const plain = report.map(({ task }) => task);
  const { promptPolicy, oracle } = systems;
  const choices = await choosePrompts(plain, promptPolicy);
  const fixed = plain.map((task) => legalizeJointAction(space, systems.bestFixed.choice, task));
  const randomChoices = plain.map((task) =>
    sampleJointAction(random.split('random-prompts').split(task.id), space, task),
  );
  const swapped = Array.from({ length: config.swaps }, (_, swap) =>
    swapPrompts({ tasks: plain, choices, space: promptPolicy.space, random: random.split('swaps').split(swap) }),
  );
  await oracle?.prepare(plain, { signal: context.signal });
  const oracleChoices = oracle === undefined ? undefined : plain.map((task) => oracle.choose(task));

  const given: { readonly rpp: RankingAnswer[]; readonly fixed: RankingAnswer[] } = { rpp: [], fixed: [] };
  const counters = new Map<RowId, AnswerCounter>();
  const evaluated = await runPhase(
    context,
    'evaluate',
    { total: report.length * countEvaluatedPrompts(config) },
    async () => {
      const ask = (
        id: RowId,
        choice: readonly JointAction[],
        { of = space, answers = [] }: { readonly of?: PatternSpace; readonly answers?: RankingAnswer[] } = {},
      ): Promise<PromptEvaluation> => {
        const counter = counters.get(id) ?? createAnswerCounter();
        counters.set(id, counter);
        return evaluateChoices({ ...context, space: of }, choice, (answer, task) => {
          counter.add(answer);
          answers[task] = answer;
        });
      };
      const own = promptPolicy.space;
      const results = {
        random: await ask('random', randomChoices),
        fixed: await ask('best-fixed', fixed, { answers: given.fixed }),
        rpp: await ask('rpp', choices, { of: own, answers: given.rpp }),
        swapped: [] as PromptEvaluation[],
        oracle: oracleChoices === undefined ? undefined : await ask('context-oracle', oracleChoices),
      };
      for (const swap of swapped) results.swapped.push(await ask('rpp-swapped', swap, { of: own }));
      return results;
    },
  );

  const learned = createTaskInteractions(systems.dataset, {
    tasks: [...tasks.train, ...report].map(({ task }) => task),
  });
  const name = config.plus === undefined ? 'RPP' : 'RPP+';
  const popularity = await createPopularity().fit(learned, { seed: config.seed });

  const list: SystemValues[] = [
    scoreSystem('chance', 'chance', createChanceScorer(), report),
    scoreSystem('popularity', 'popularity', popularity, report),
    promptSystem('random', 'random prompts', [evaluated.random], 0),
    promptSystem('best-fixed', 'best fixed prompt', [evaluated.fixed], systems.bestFixed.calls),
    promptSystem('rpp-swapped', `${name}, users swapped`, evaluated.swapped, systems.policyCalls),
    promptSystem('rpp', name, [evaluated.rpp], systems.policyCalls),
  ];
  if (oracle !== undefined && evaluated.oracle !== undefined) {
    list.push(promptSystem('context-oracle', 'context oracle', [evaluated.oracle], config.oracleAnswers));
  }
  // Written first: what was answered stays readable where too many users are lost.
  context.folder.write('evaluation.csv', renderUserValues(list, report));
  const kept = keepCommonUsers(list, report.length, config.allowedLoss);

  const select = (id: RowId): Float64Array => {
    const values = list.find((system) => system.id === id)!.values.get(10)!;
    return Float64Array.from(kept, (user) => values[user]!);
  };
  const estimate = (values: Float64Array, name: string): Estimate =>
    computeEstimate(values, random.split('intervals').split(name));
  const rows = list.map(({ id, label, values, searchCalls, tokensPerRanking, invalidShare }): ResultRow => {
    const at = (k: number): Estimate =>
      estimate(
        Float64Array.from(kept, (user) => values.get(k)![user]!),
        `${id}@${k}`,
      );
    return { id, label, ndcg: { 1: at(1), 5: at(5), 10: at(10) }, searchCalls, tokensPerRanking, invalidShare };
  });
  const difference = (left: RowId, right: RowId): Estimate => {
    const other = select(right);
    return estimate(
      select(left).map((value, index) => value - other[index]!),
      `${left}-${right}`,
    );
  };
  return {
    rows,
    headroom:
      oracle === undefined
        ? null
        : computeExperimentHeadroom(oracle, select('context-oracle'), select('best-fixed'), {
            config,
            space,
            encoders,
            random,
          }),
    gains: { overBestFixed: difference('rpp', 'best-fixed'), overSwapped: difference('rpp', 'rpp-swapped') },
    significance: compareSystems(
      list.map(({ id }) => id),
      { select, computeDifference: difference, random: random.split('significance') },
    ),
    patternUse: describePatternUse(promptPolicy.space, choices, getExpressions(space, systems.bestFixed.choice)),
    groupUse: describeGroupUse(plain, { space: promptPolicy.space, choices, interactions: learned }),
    answers: list.flatMap(({ id, label }): readonly (AnswerCounts & Pick<ResultRow, 'id' | 'label'>)[] => {
      const counter = counters.get(id);
      return counter === undefined ? [] : [{ id, label, ...counter.counts() }];
    }),
    positionBias: list.flatMap(({ id, label }) => {
      if (id !== 'best-fixed' && id !== 'rpp') return [];
      const stream = random.split('position-bias').split(id);
      const judged = Array.from(kept, (user) => report[user]!);
      return measurePositionBias(judged, { id, label, values: select(id), random: stream }) ?? [];
    }),
    lostUsers: report.length - kept.length,
    choices,
    kept,
    given,
  };
}

function evaluateChoices(
  { tasks, space, calls, config, signal }: ExperimentContext,
  choices: readonly JointAction[],
  onAnswer: (answer: RankingAnswer, task: number) => void,
): Promise<PromptEvaluation> {
  return evaluatePrompts({
    tasks: tasks.report,
    trials: choices.map((choice, task) => ({ task, choice })),
    cutoffs,
    onAnswer,
    space,
    model: calls.model,
    concurrency: config.concurrency,
    signal,
  });
}

function computeEstimate(values: Float64Array, random: RandomStream): Estimate {
  const { low, high } = bootstrapMeanInterval(values, { random });
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, low, high };
}

function computeExperimentHeadroom(
  oracle: ContextOracle,
  oracleValues: Float64Array,
  fixedValues: Float64Array,
  { config, space, encoders, random }: Pick<ExperimentContext, 'config' | 'space' | 'encoders' | 'random'>,
): NonNullable<ExperimentResults['headroom']> {
  const { p } = testInteraction(oracle.answers, { space, encoders, random: random.split('interaction-test') });
  const headroom = computeHeadroom({
    oracle: oracleValues,
    fixed: fixedValues,
    interactionP: p,
    random: random.split('headroom'),
  });
  return { ...headroom, interactionP: p, oracleAnswers: config.oracleAnswers };
}

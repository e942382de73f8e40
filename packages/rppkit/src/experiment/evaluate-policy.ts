import type { Dataset } from '@rppkit/datasets';
import { choosePrompts, openPromptPolicy } from '@rppkit/env';
import { bootstrapMeanInterval } from '@rppkit/metrics/statistics';
import { type JointAction, legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import type { PolicyFile } from '@rppkit/policy';
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
import { type ExperimentContext, runPhase } from './experiment-context.ts';
import { countEvaluatedPrompts } from './plan-calls.ts';
import type { Estimate, ExperimentResults, PatternUse, ResultRow, RowId } from './results.ts';
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
  /** The space that training began with: that of the controls. */
  readonly space: PatternSpace;
  readonly policy: PolicyFile;
  /** Calls that trained the policy. */
  readonly policyCalls: number;
  readonly bestFixed: Pick<BestFixedPrompt, 'choice' | 'calls'>;
  readonly oracle: ContextOracle | undefined;
}

/** What the evaluation found, as it goes into the results. */
export type EvaluationResults = Pick<ExperimentResults, 'rows' | 'headroom' | 'gains' | 'patternUse'> & {
  readonly lostUsers: number;
  /** The joint action of each report task. */
  readonly choices: readonly JointAction[];
  /** Report tasks that every system answered. */
  readonly kept: Int32Array;
};

/**
 * Asks every system's prompt for every report user, once each, and compares them on the users that all of them answered.
 * Writes `evaluation.csv` with the per-user values. Throws where more users are lost than the configuration allows.
 */
export async function evaluatePolicy(
  context: ExperimentContext,
  systems: EvaluatedSystems,
): Promise<EvaluationResults> {
  const { config, tasks, space, encoders, random } = context;
  const { report } = tasks;
  const plain = report.map(({ task }) => task);
  const promptPolicy = openPromptPolicy(systems.policy);
  const choices = await choosePrompts(plain, promptPolicy);
  const fixed = plain.map((task) => legalizeJointAction(space, systems.bestFixed.choice, task));
  const randomChoices = plain.map((task) =>
    sampleJointAction(random.split('random-prompts').split(task.id), systems.space, task),
  );
  const swapped = Array.from({ length: config.swaps }, (_, swap) =>
    swapPrompts({ tasks: plain, choices, space, random: random.split('swaps').split(swap) }),
  );
  const { oracle } = systems;
  await oracle?.prepare(plain, { signal: context.signal });
  const oracleChoices = oracle === undefined ? undefined : plain.map((task) => oracle.choose(task));

  const evaluated = await runPhase(
    context,
    'evaluate',
    { total: report.length * countEvaluatedPrompts(config) },
    async () => {
      const ask = (choice: readonly JointAction[]): Promise<PromptEvaluation> => evaluateChoices(context, choice);
      const results = {
        random: await ask(randomChoices),
        fixed: await ask(fixed),
        rpp: await ask(choices),
        swapped: [] as PromptEvaluation[],
        oracle: oracleChoices === undefined ? undefined : await ask(oracleChoices),
      };
      for (const swap of swapped) results.swapped.push(await ask(swap));
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
            space: systems.space,
            encoders,
            random,
          }),
    gains: { overBestFixed: difference('rpp', 'best-fixed'), overSwapped: difference('rpp', 'rpp-swapped') },
    patternUse: computePatternUse(context, choices, systems.bestFixed.choice),
    lostUsers: report.length - kept.length,
    choices,
    kept,
  };
}

function evaluateChoices(
  { tasks, space, calls, config, signal, onAnswer }: ExperimentContext,
  choices: readonly JointAction[],
): Promise<PromptEvaluation> {
  return evaluatePrompts({
    tasks: tasks.report,
    trials: choices.map((choice, task) => ({ task, choice })),
    cutoffs,
    space,
    model: calls.model,
    concurrency: config.concurrency,
    signal,
    onAnswer,
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

function computePatternUse(
  { space }: ExperimentContext,
  choices: readonly JointAction[],
  fixed: JointAction,
): readonly PatternUse[] {
  return space.patterns.map(({ name, expressions }, position) => ({
    pattern: name,
    expressions: expressions.flatMap(({ id, perspective, parent, retired }, action) => {
      // Nobody can be given it.
      if (retired === true) return [];
      return {
        id,
        perspective: parent === undefined ? perspective : `${perspective}, refined (${id})`,
        share: choices.filter((choice) => choice[position] === action).length / choices.length,
        fixed: fixed[position] === action,
      };
    }),
  }));
}

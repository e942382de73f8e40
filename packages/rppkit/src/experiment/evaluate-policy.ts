import type { Dataset } from '@rppkit/datasets';
import { type PromptPolicy, personalize, type RankingAnswer } from '@rppkit/env';
import { bootstrapMeanInterval } from '@rppkit/metrics/statistics';
import { getExpressions, type JointAction, legalizeJointAction } from '@rppkit/patterns';
import { createChanceScorer, createPopularity, createTaskInteractions } from '@rppkit/recommenders';
import {
  type BestFixedPrompt,
  type ContextOracle,
  computeHeadroom,
  evaluatePrompts,
  type PromptEvaluation,
  sampleJointAction,
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
import { getWindow, type PlayedRounds, type PlayRoundsOptions, playRounds } from './play-rounds.ts';
import type { AnswerCounts, Estimate, ExperimentResults, ResultRow, RowId } from './results.ts';
import { sampleGivers } from './sample-givers.ts';
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

/** What the evaluation found, as it goes into the results; of a policy of several rounds all is said of the last one. */
export type EvaluationResults = Pick<
  ExperimentResults,
  'rows' | 'headroom' | 'gains' | 'significance' | 'patternUse' | 'groupUse' | 'positionBias'
> & {
  readonly answers: ExperimentResults['answers']['evaluation'];
  readonly lostUsers: number;
  /** The joint action of each report task, of its last round. */
  readonly choices: readonly JointAction[];
  /** Report tasks that every system answered. */
  readonly kept: Int32Array;
  /** Of each report task, what the personal and the fixed prompt were answered. */
  readonly given: { readonly rpp: readonly RankingAnswer[]; readonly fixed: readonly RankingAnswer[] };
};

/**
 * Asks every system's prompt for every report user, once each, and compares them on the users that all of them answered.
 * The policy and its swapped control choose from the policy's space, all others from that of the experiment. A policy of several
 * rounds plays them, and so does its control: the prompts of every round of one user, which reacted to that user's answers. Beside
 * the best fixed prompt, asked once, then stands the same one asked in as many rounds, its answers aggregated.
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
  const { rounds } = promptPolicy;
  const fixed = plain.map((task) => legalizeJointAction(space, systems.bestFixed.choice, task));
  const randomChoices = plain.map((task) =>
    sampleJointAction(random.split('random-prompts').split(task.id), space, task),
  );
  const givers = Array.from({ length: config.swaps }, (_, swap) =>
    sampleGivers(plain, { space: promptPolicy.space, rounds, random: random.split('swaps').split(swap) }),
  );
  await oracle?.prepare(plain, { signal: context.signal });
  const oracleChoices = oracle === undefined ? undefined : plain.map((task) => oracle.choose(task));

  const choices: JointAction[] = [];
  const given: { readonly rpp: RankingAnswer[]; readonly fixed: RankingAnswer[] } = { rpp: [], fixed: [] };
  const counters = new Map<RowId, AnswerCounter>();
  const evaluated = await runPhase(
    context,
    'evaluate',
    { total: report.length * countEvaluatedPrompts({ ...config, rounds }) },
    async () => {
      const getCounter = (id: RowId): AnswerCounter => {
        const counter = counters.get(id) ?? createAnswerCounter();
        counters.set(id, counter);
        return counter;
      };
      const ask = (
        id: RowId,
        choice: readonly JointAction[],
        answers: RankingAnswer[] = [],
      ): Promise<PromptEvaluation> => {
        const counter = getCounter(id);
        return evaluateChoices(context, choice, (answer, task) => {
          counter.add(answer);
          answers[task] = answer;
        });
      };
      const play = (
        id: RowId,
        {
          answers = [],
          ...options
        }: Pick<PlayRoundsOptions, 'space' | 'choose' | 'first' | 'judge'> & { readonly answers?: RankingAnswer[] },
      ): Promise<PlayedRounds> => {
        const counter = getCounter(id);
        return playRounds({
          report,
          model: context.calls.model,
          concurrency: config.concurrency,
          signal: context.signal,
          rounds,
          ...options,
          onAnswer(answer, task) {
            context.onAnswer(answer);
            counter.add(answer);
            answers[task] = answer;
          },
        });
      };
      const { space: own } = promptPolicy;
      const once = {
        random: await ask('random', randomChoices),
        fixed: await ask('best-fixed', fixed, given.fixed),
      };
      const rpp = await play('rpp', {
        space: own,
        answers: given.rpp,
        async choose(task, earlier) {
          const { choice } = await personalize(promptPolicy, plain[task]!, { earlier, signal: context.signal });
          choices[task] = choice;
          return choice;
        },
      });
      const oracleAnswers = oracleChoices === undefined ? undefined : await ask('context-oracle', oracleChoices);
      const swapped: PlayedRounds[] = [];
      for (const giver of givers) {
        // Of an episode that a failed call ended there are no more prompts to hand over.
        const choose: PlayRoundsOptions['choose'] = (task, { length }) => rpp.played[giver[task]!]![length]?.choice;
        swapped.push(await play('rpp-swapped', { space: own, choose }));
      }
      const repeated =
        rounds === 1
          ? undefined
          : await play('best-fixed-repeated', {
              space,
              judge: 'aggregate',
              first: fixed.map((choice, task) => ({ choice, answer: given.fixed[task]! })),
              choose: (task, earlier) =>
                legalizeJointAction(space, systems.bestFixed.choice, plain[task]!, getWindow(earlier)),
            });
      return { ...once, rpp, oracle: oracleAnswers, swapped, repeated };
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
    ...(evaluated.repeated === undefined
      ? []
      : [
          promptSystem(
            'best-fixed-repeated',
            `best fixed, ${rounds} times`,
            [evaluated.repeated],
            systems.bestFixed.calls,
          ),
        ]),
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
  const countCalls = (id: RowId): number =>
    id === 'rpp' || id === 'rpp-swapped' || id === 'best-fixed-repeated' ? rounds : 1;
  const rows = list.map(({ id, label, values, searchCalls, tokensPerRanking, invalidShare }): ResultRow => {
    const at = (k: number): Estimate =>
      estimate(
        Float64Array.from(kept, (user) => values.get(k)![user]!),
        `${id}@${k}`,
      );
    return {
      id,
      label,
      ndcg: { 1: at(1), 5: at(5), 10: at(10) },
      searchCalls,
      ...(rounds > 1 && searchCalls !== null && { callsPerRanking: countCalls(id) }),
      tokensPerRanking,
      invalidShare,
    };
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
    gains: {
      overBestFixed: difference('rpp', 'best-fixed'),
      overSwapped: difference('rpp', 'rpp-swapped'),
      ...(evaluated.repeated !== undefined && { overRepeated: difference('rpp', 'best-fixed-repeated') }),
    },
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
  { tasks, space, calls, config, signal, onAnswer }: ExperimentContext,
  choices: readonly JointAction[],
  keep: (answer: RankingAnswer, task: number) => void,
): Promise<PromptEvaluation> {
  return evaluatePrompts({
    tasks: tasks.report,
    trials: choices.map((choice, task) => ({ task, choice })),
    cutoffs,
    space,
    model: calls.model,
    concurrency: config.concurrency,
    signal,
    onAnswer(answer, task) {
      onAnswer(answer);
      keep(answer, task);
    },
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

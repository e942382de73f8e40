import { batchSize, benchedGames } from '../games/benched-games.ts';
import { benchedLearners } from '../games/benched-learners.ts';
import { playGame } from '../games/play-game.ts';
import {
  type BenchContext,
  type BenchOutcome,
  defineBench,
  type FullProtocolBench,
  type Json,
} from '../harness/bench.ts';

const seeds: readonly number[] = Array.from({ length: 20 }, (_, index) => index + 1);
const games = Object.entries(benchedGames);
const learners = Object.keys(benchedLearners);
/** The return of the best joint policy. */
const optima = Object.fromEntries(games.map(([name, { create }]) => [name, create({}).optimum]));

/** By game and learner: the return of the most probable actions after training. */
type SeedRecord = Readonly<Record<string, Readonly<Record<string, number>>>>;

const learningGames: FullProtocolBench = defineBench({
  name: 'learning/games',
  purpose: 'How often each learner finds the best joint actions of small games whose optimum is known.',
  protocol: 'full',
  seeds,
  checkSeed: 1,
  inputs: async (): Promise<Json> => ({
    games: games.map(([name, { updates, values }]) => ({ name, updates, values: values as unknown as Json })),
    learners,
    batchSize,
  }),
  async measureSeed(seed, { mode, log }: BenchContext): Promise<Json> {
    const record: Record<string, Record<string, number>> = {};
    for (const [name, game] of games) {
      log(`${name}, seed ${seed}`);
      const returns: Record<string, number> = {};
      for (const learner of learners) {
        returns[learner] = await playGame(mode === 'quick' ? { ...game, updates: 2 } : game, learner, seed);
      }
      record[name] = returns;
    }
    return record;
  },
  summarize(records): BenchOutcome {
    const measured = Object.values(records) as unknown as readonly SeedRecord[];
    const list = (game: string, learner: string): number[] => measured.map((record) => record[game]![learner]!);
    const computeSolved = (game: string, learner: string): number =>
      mean(list(game, learner).map((value) => (value === optima[game] ? 1 : 0)));
    return {
      figures: {
        dominantSolved: Math.min(
          ...learners.filter((name) => name !== 'reference').map((name) => computeSolved('dominant', name)),
        ),
        vdnTwoStep: Math.max(...list('two-step', 'vdn').map((value) => Math.abs(value - 7))),
        qmixTwoStep: Math.min(...list('two-step', 'qmix')),
      },
      table: {
        columns: ['game', 'learner', 'seeds', 'optimum', 'reached in', 'mean return', 'least', 'most'],
        rows: games.flatMap(([game]) =>
          learners.map((learner) => {
            const returns = list(game, learner);
            return [
              game,
              learner,
              returns.length,
              optima[game]!,
              computeSolved(game, learner),
              mean(returns),
              Math.min(...returns),
              Math.max(...returns),
            ];
          }),
        ),
      },
      note: describeProtocol(),
    };
  },
});

export default learningGames;

function describeProtocol(): string {
  const budgets = games.map(([name, { updates, values }]) => {
    const settings = Object.entries(values).map(([setting, value]) => `${setting} ${JSON.stringify(value)}`);
    const own = settings.length === 0 ? '' : ` (vdn and qmix with ${settings.join(', ')})`;
    return `${name} ${updates}${own}`;
  });
  return (
    `Updates: ${budgets.join('; ')}; each on ${batchSize} new episodes, with the defaults otherwise, on wasm. Returns ` +
    'are those of the most probable actions. In climbing and penalty the optimum stands beside punishments for agents ' +
    'that explore on their own; Claus and Boutilier found that such agents end at safer joint actions, and no figure ' +
    'asks for more. The reference is an ablation with two known defects, and no figure counts it.'
  );
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

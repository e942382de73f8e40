import { type AgentLogits, chooseActions } from '@rppkit/policy';
import { type ActOptions, InvalidArgumentError, type PolicyActions, sampleIndex } from '@rppkit/spec';
import type { AlgorithmMemory } from '../learner/algorithm.ts';
import type { LearningSpace } from '../learner/learning-space.ts';

/**
 * Exploration of learners of values: with probability epsilon an agent takes any legal action, else its best one; each agent
 * on its own. All actions are explored alike until the action space grows: a child then takes half of the share of its
 * parent, so that the probabilities of all other actions stay as they are. The shares belong to the saved state.
 */
export class EpsilonGreedy implements AlgorithmMemory {
  /** By agent, for each action: how often it is explored, in relation to the others. */
  readonly #shares: Map<string, readonly number[]>;

  constructor({ agents, actionCounts }: LearningSpace) {
    this.#shares = new Map(agents.map((agent) => [agent, new Array<number>(actionCounts[agent]!).fill(1)]));
  }

  /**
   * Draws one action a row and agent from their values, with its exact log-probability, that of the mixture. Draws go row by
   * row and, inside a row, in the order of `agents`, one uniform number each. `epsilon` is in [0, 1]. Throws
   * `InvalidArgumentError` as `chooseActions` does.
   */
  choose(agents: readonly AgentLogits[], { random, masks }: ActOptions, epsilon: number): PolicyActions {
    const greedy = chooseActions(agents, { deterministic: true, random, ...(masks && { masks }) }).actions;
    const rowCount = greedy[agents[0]!.name]!.length;
    const actions = Object.fromEntries(agents.map(({ name }) => [name, new Int32Array(rowCount)]));
    const logProbabilities = Object.fromEntries(agents.map(({ name }) => [name, new Float32Array(rowCount)]));
    for (let row = 0; row < rowCount; row++) {
      for (const { name, actionCount } of agents) {
        const mask = masks?.[name]?.subarray(row * actionCount, (row + 1) * actionCount);
        const chances = this.#computeChances(name, mask, greedy[name]![row]!, epsilon);
        const action = sampleIndex(random, chances);
        actions[name]![row] = action;
        logProbabilities[name]![row] = Math.log(chances[action]!);
      }
    }
    return { actions, logProbabilities };
  }

  /** Splits the share of `parent` between it and a new last action. */
  widen(agent: string, parent: number): void {
    const shares = this.#shares.get(agent)!;
    const half = shares[parent]! / 2;
    this.#shares.set(agent, [...shares.with(parent, half), half]);
  }

  /** The shares by agent. */
  save(): Readonly<Record<string, readonly number[]>> {
    return Object.fromEntries([...this.#shares].map(([agent, shares]) => [agent, [...shares]]));
  }

  prepareRestore(saved: unknown, { agents, actionCounts }: LearningSpace): () => void {
    const restored = agents.map((agent): [string, readonly number[]] => {
      const shares: unknown = (saved as Readonly<Record<string, unknown>> | null | undefined)?.[agent];
      const count = actionCounts[agent]!;
      if (!Array.isArray(shares) || shares.length !== count || !shares.every(isShare)) {
        throw new InvalidArgumentError(`exploration shares of ${agent}`, `${count} numbers in (0, 1]`, shares);
      }
      return [agent, [...shares]];
    });
    return () => {
      for (const [agent, shares] of restored) this.#shares.set(agent, shares);
    };
  }

  /** Probability of each action of one agent in one row. */
  #computeChances(agent: string, mask: Uint8Array | undefined, greedy: number, epsilon: number): readonly number[] {
    const shares = this.#shares.get(agent)!.map((share, action) => (mask?.[action] === 0 ? 0 : share));
    const total = shares.reduce((sum, share) => sum + share, 0);
    return shares.map((share, action) => (epsilon * share) / total + (action === greedy ? 1 - epsilon : 0));
  }
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value <= 1;
}

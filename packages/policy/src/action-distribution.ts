import { type ActionMasks, type ActOptions, InvalidArgumentError, type PolicyActions, sampleIndex } from '@rppkit/spec';

/** The logits of one agent for a batch, `Float32Array [batch, actionCount]` row-major. */
export interface AgentLogits {
  readonly name: string;
  readonly actionCount: number;
  readonly logits: Float32Array;
}

/**
 * Softmax over the legal actions of each row, `Float32Array [batch, actionCount]`; illegal actions get exactly 0.
 * Throws `InvalidArgumentError` for a row without a legal action, a mask that holds anything but 0 and 1, and a legal
 * logit that is not finite.
 */
export function computeActionProbabilities(agent: AgentLogits, mask?: Uint8Array): Float32Array {
  const { name, actionCount, logits } = agent;
  assertMask(agent, mask);
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += actionCount) {
    let maximum = Number.NEGATIVE_INFINITY;
    for (let index = start; index < start + actionCount; index++) {
      if (mask !== undefined && mask[index] === 0) continue;
      const logit = logits[index]!;
      if (!Number.isFinite(logit)) {
        throw new InvalidArgumentError(
          `logits of ${name}`,
          'finite',
          logit,
          'Look for NaN in observations or weights.',
        );
      }
      if (logit > maximum) maximum = logit;
    }
    if (maximum === Number.NEGATIVE_INFINITY) {
      throw new InvalidArgumentError(
        `masks.${name}`,
        'to allow at least one action in every row',
        `none in row ${start / actionCount}`,
      );
    }
    let total = 0;
    for (let index = start; index < start + actionCount; index++) {
      if (mask !== undefined && mask[index] === 0) continue;
      const weight = Math.exp(logits[index]! - maximum);
      probabilities[index] = weight;
      total += weight;
    }
    for (let index = start; index < start + actionCount; index++) probabilities[index] = probabilities[index]! / total;
  }
  return probabilities;
}

/**
 * Chooses one action a row and agent: the most probable legal one (the first among equals), or a draw. Draws go row by
 * row and, inside a row, in the order of `agents`, one uniform number each, so the first rows of a longer batch are
 * chosen alike. Every runtime of a policy calls this function, whatever computed the logits.
 */
export function chooseActions(agents: readonly AgentLogits[], options: ActOptions): PolicyActions {
  const { deterministic, random, masks } = options;
  assertMaskNames(agents, masks);
  const choosers = agents.map((agent) => {
    const batchSize = agent.logits.length / agent.actionCount;
    return {
      ...agent,
      batchSize,
      probabilities: computeActionProbabilities(agent, masks?.[agent.name]),
      actions: new Int32Array(batchSize),
      logProbabilities: new Float32Array(batchSize),
    };
  });
  const batchSize = choosers[0]?.batchSize ?? 0;
  for (const chooser of choosers) {
    if (chooser.batchSize !== batchSize) {
      throw new InvalidArgumentError(`logits of ${chooser.name}`, `to hold ${batchSize} rows`, chooser.batchSize);
    }
  }
  for (let row = 0; row < batchSize; row++) {
    for (const { actionCount, probabilities, actions, logProbabilities } of choosers) {
      const chances = probabilities.subarray(row * actionCount, (row + 1) * actionCount);
      const action = deterministic ? findLargest(chances) : sampleIndex(random, chances);
      actions[row] = action;
      logProbabilities[row] = Math.log(chances[action]!);
    }
  }
  return {
    actions: Object.fromEntries(choosers.map(({ name, actions }) => [name, actions])),
    logProbabilities: Object.fromEntries(choosers.map(({ name, logProbabilities }) => [name, logProbabilities])),
  };
}

/** Throws where `masks` names an agent that does not exist: a misspelt name would silently allow everything. */
export function assertMaskNames(agents: readonly { readonly name: string }[], masks: ActionMasks | undefined): void {
  for (const name of Object.keys(masks ?? {})) {
    if (!agents.some((agent) => agent.name === name)) {
      throw new InvalidArgumentError(
        'masks',
        `named after the agents ${agents.map((agent) => agent.name).join(', ')}`,
        name,
      );
    }
  }
}

function assertMask({ name, logits }: AgentLogits, mask: Uint8Array | undefined): void {
  if (mask === undefined) return;
  if (mask.length !== logits.length) {
    throw new InvalidArgumentError(`masks.${name}`, `a Uint8Array of length ${logits.length} (rows x actions)`, mask);
  }
  const foreign = mask.find((value) => value > 1);
  if (foreign !== undefined) throw new InvalidArgumentError(`masks.${name}`, 'made of 0 and 1', foreign);
}

function findLargest(values: Float32Array): number {
  let largest = 0;
  for (let index = 1; index < values.length; index++) if (values[index]! > values[largest]!) largest = index;
  return largest;
}

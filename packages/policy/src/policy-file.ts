import { RppError } from '@rppkit/spec';
import type { AgentLayer } from './agent-layers.ts';
import type { JsonObject } from './json-value.ts';
import type { StoredLayer } from './layers/stored-layer.ts';

/** The actor of one agent: layers from the observation to one logit an action. */
export interface AgentNetwork {
  readonly name: string;
  readonly layers: readonly AgentLayer[];
}

/** What the actions of two agents are worth together, beyond what each is worth alone. */
export interface PairScores {
  readonly first: string;
  /** Behind `first` in the order of the agents. */
  readonly second: string;
  /** `Float32Array [actions of first, actions of second]`, row-major, in the unit of logits. */
  readonly scores: Float32Array;
}

/** One agent of a policy file. */
export interface PolicyAgent {
  readonly name: string;
  /** Expression ids: action `i` of the network stands for `actions[i]`. */
  readonly actions: readonly string[];
  readonly layers: readonly StoredLayer[];
}

/** Pair scores as the header stores them; `scores` is an offset, in floats, into the weights of the file. */
export interface StoredPairScores {
  readonly first: string;
  readonly second: string;
  readonly scores: number;
}

/** The JSON part of a policy file. */
export interface PolicyHeader {
  readonly format: 'rppkit-policy';
  /**
   * 3 where there are layers `layer-norm` or `gru`, else 2 where there are pairs or an activation `square`, else 1: readers
   * refuse what they do not know.
   */
  readonly version: 1 | 2 | 3;
  /** Floats of one observation. */
  readonly observationSize: number;
  /** In the order in which `act` draws. */
  readonly agents: readonly PolicyAgent[];
  /** Absent: the agents choose independently. */
  readonly pairs?: readonly StoredPairScores[];
  /** Not read here: the toolkit keeps pattern space, domain, encoder states and provenance in it. */
  readonly metadata: JsonObject;
}

/** A policy as data: everything that `createPolicy` needs. */
export interface PolicyFile {
  readonly header: PolicyHeader;
  /** All kernels, biases and pair scores, addressed by the offsets of the header. */
  readonly weights: Float32Array;
}

/** What is wrong with a policy file; a closed list. */
export type PolicyFileDefect =
  | 'wrong-magic'
  | 'unsupported-version'
  | 'truncated'
  | 'malformed-header'
  | 'weights-length';

/** Bytes that are no policy file, or a policy file that contradicts itself. */
export class PolicyFileError extends RppError {
  readonly defect: PolicyFileDefect;

  constructor(defect: PolicyFileDefect, message: string, options?: { readonly cause?: unknown }) {
    super('POLICY_FILE', message, options);
    this.defect = defect;
  }
}

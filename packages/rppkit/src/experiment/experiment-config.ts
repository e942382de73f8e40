import type { InteractionColumns, InteractionOrder, ItemColumns, TextEncoding, TimeFormat } from '@rppkit/datasets';
import type { DatasetFormat } from '@rppkit/datasets/node';
import type { WorldPreset } from '@rppkit/simulator';
import { readSimulatedProfile } from '../models/simulated-profile.ts';
import { UsageError } from '../usage-error.ts';
import { configSchema } from './config-schema.ts';
import { describeConfigIssue } from './describe-config-issue.ts';
import type { DomainName } from './domain-names.ts';
import type { PatternName } from './pattern-names.ts';
import { applyPreset } from './reference-preset.ts';

/** A world of the simulator. */
interface WorldConfig {
  readonly kind: 'synthetic';
  /** Which synthetic world. */
  readonly preset: WorldPreset;
  /** Users of a synthetic world (default: 5000). */
  readonly users: number;
}

/** Interactions on disk. Paths are relative to the working folder; in a configuration file, to its folder. */
export interface FilesConfig {
  readonly kind: 'files';
  /** Folder, zip archive or file of a data set. */
  readonly path: string;
  /** Layout of the data (default: recognised by file names; Amazon must be named). */
  readonly format?: DatasetFormat;
  /** What orders the rows of a user: times, the rows or counts themselves, or nothing (default: by the columns). */
  readonly order?: InteractionOrder;
  /** Names of the columns of a table. */
  readonly columns?: InteractionColumns;
  /** How times are written (default: seconds). */
  readonly timeFormat?: TimeFormat;
  /** A second file, with one row an item. */
  readonly items?: {
    /** Path of the file of items. */
    readonly path: string;
    /** Names of the columns of the file of items. */
    readonly columns: ItemColumns;
  };
  /** Text between fields (default: a comma; a tab for .tsv). */
  readonly delimiter?: string;
  /** Whether fields may stand in quotes (default: true). */
  readonly quotes?: boolean;
  /** Names of the columns of a file without a header line. */
  readonly header?: readonly string[];
  /** How the text is encoded (default: utf-8). */
  readonly encoding?: TextEncoding;
  /** RecBole: column with item titles (default: what RecBole files usually name). */
  readonly titleColumn?: string;
  /** Amazon: items with an interaction, or all of the meta file (default: interacted). */
  readonly catalogue?: 'interacted' | 'all';
  /** Leave out lines that cannot be used, and report them, instead of stopping (default: false). */
  readonly skipBadLines?: boolean;
  /** Keep interactions of at least this value. */
  readonly minimumValue?: number;
  /** Then keep users and items with at least so many interactions. */
  readonly kCore?: number;
}

/** Where an experiment's interactions come from. */
export type DataConfig = WorldConfig | FilesConfig;

/** How sentences are refined and tested. Their calls come out of those of the training. */
interface PlusConfig {
  /** Updates from one refinement to the next (default: 1). */
  readonly every: number;
  /** Most of the training’s calls that refining and testing may take, between 0 and 1 (default: 0.2). */
  readonly share: number;
  /** Patterns whose sentences are refined (default: role,reasoning,format). */
  readonly patterns: readonly PatternName[];
}

/** A complete, validated experiment. */
export interface ExperimentConfig {
  /** Where the interactions come from. */
  readonly data: DataConfig;
  /** Words of the prompts (default: movies for MovieLens and synthetic data, else products). */
  readonly domain: DomainName;
  /**
   * What ranks: simulated, simulated:strong, or provider:name such as openai:gpt-4o-mini; keys come from the environment
   * (default: simulated).
   */
  readonly model: string;
  /** Sampling temperature, 0 to 2 (default: the model’s own). */
  readonly temperature?: number;
  /** Calls under way at a time (default: 32). */
  readonly concurrency: number;
  /** Decides every random choice (default: 1). */
  readonly seed: number;
  /** Items to rank in each task, the relevant one and random others: 2 to 100 (default: 10). */
  readonly candidates: number;
  /** Users to train on (default: 40 %, at most 10,000). */
  readonly trainUsers?: number;
  /** Users to report on, none of them trained on (default: 40 %, at most 2,000). */
  readonly reportUsers?: number;
  /**
   * Defaults of another setting: reference is that of the paper’s released code, as far as it can be expressed here (default:
   * none).
   */
  readonly preset?: 'reference';
  /**
   * Rounds of an episode, 1 to 50: later prompts know the answer before them, and the last answer counts (default: 1).
   */
  readonly rounds: number;
  /** What may be chosen: default, or reference, whose history grows by 0, 1 or 2 items a round (default: default). */
  readonly patterns: 'default' | 'reference';
  /**
   * How it is learned: rpp, or reference, the update of the paper’s released code with its defects (default: rpp).
   */
  readonly learner: 'rpp' | 'reference';
  /**
   * What the policy sees: default, or reference, a user embedding with the last prompt and ranking (default: default).
   */
  readonly observation: 'default' | 'reference';
  /** Training episodes, one call a round each, in whole batches (default: 3000). */
  readonly episodes: number;
  /** Episodes between updates (default: 64). */
  readonly batchSize: number;
  /** Calls to find the best fixed prompt, at least 128 (default: as many as episodes). */
  readonly bestFixedCalls?: number;
  /**
   * Patterns of which everybody gets the sentence of the best fixed prompt, so that only the others are learned (default:
   * none).
   */
  readonly freeze?: readonly PatternName[];
  /** Answers for the context oracle, 1000 or more; 0 leaves it out (default: 0). */
  readonly oracleAnswers: number;
  /**
   * Times that users are swapped, for the control that is the mean of them (default: 20 with a simulated model, else 1).
   */
  readonly swaps: number;
  /** Share of report users that failed calls may cost (default: 0.02). */
  readonly allowedLoss: number;
  /**
   * RPP+: the model refines sentences, and those that pass the guards are trained on, too (default: the sentences stay as
   * they are).
   */
  readonly plus?: PlusConfig;
}

/** What may be written of data: users of a world have a default. */
export type DataInput = (Omit<WorldConfig, 'users'> & Partial<Pick<WorldConfig, 'users'>>) | FilesConfig;

/** What may be written: all that has a default may be left out. */
export interface ExperimentConfigInput extends Partial<Omit<ExperimentConfig, 'data' | 'plus'>> {
  /** Where the interactions come from. */
  readonly data: DataInput;
  /**
   * RPP+: the model refines sentences, and those that pass the guards are trained on, too (default: the sentences stay as
   * they are).
   */
  readonly plus?: Partial<PlusConfig>;
}

/**
 * Checks a configuration and fills in its defaults. Throws `UsageError` that names the first field that is wrong, in the
 * words of `nameField` (default: `the configuration field PATH`).
 */
export function parseExperimentConfig(
  input: unknown,
  nameField: (path: string) => string = (path) => `the configuration field ${path}`,
): ExperimentConfig {
  const result = configSchema.safeParse(applyPreset(input));
  if (!result.success) throw new UsageError(describeConfigIssue(result.error.issues[0]!, input, nameField));
  assertFit(result.data, nameField);
  const { domain, swaps, plus, ...config } = result.data;
  return {
    ...config,
    ...(plus && { plus: leaveFrozenAlone(plus, config.freeze) }),
    domain: domain ?? (speaksOfMovies(config.data) ? 'movies' : 'products'),
    // The control costs a paid model one call a user; a free one gives the mean of 20.
    swaps: swaps ?? (readSimulatedProfile(config.model) === undefined ? 1 : 20),
  };
}

/** Refuses fields that cannot be carried out together. Throws `UsageError`. */
function assertFit(
  {
    rounds,
    learner,
    observation,
    plus,
    freeze,
    oracleAnswers,
  }: Pick<ExperimentConfig, 'rounds' | 'learner' | 'observation' | 'oracleAnswers'> & {
    readonly plus?: unknown;
    readonly freeze?: unknown;
  },
  nameField: (path: string) => string,
): void {
  const refuse = (path: string, expected: string, received: string): never => {
    throw new UsageError(`Expected ${nameField(path)} ${expected}, received ${received}. Leave one of the two out.`);
  };
  if (observation === 'reference' && learner === 'rpp') {
    refuse(
      'observation',
      'reference only with the learner reference, as rpp takes no vectors so long',
      'the learner rpp',
    );
  }
  const later = rounds > 1 ? `${rounds} rounds` : learner === 'reference' ? 'the learner reference' : undefined;
  if (later === undefined) return;
  const only = 'only with one round and the learner rpp';
  if (plus !== undefined) refuse('plus', only, later);
  if (freeze !== undefined) refuse('freeze', only, later);
  if (rounds > 1 && oracleAnswers > 0) {
    refuse('oracleAnswers', 'to be 0 with several rounds, as it bounds policies of one prompt', later);
  }
}

/** Frozen patterns are not refined. Throws `UsageError` where no other is left. */
function leaveFrozenAlone(plus: PlusConfig, freeze: readonly PatternName[] = []): PlusConfig {
  const patterns = plus.patterns.filter((name) => !freeze.includes(name));
  if (patterns.length > 0) return { ...plus, patterns };
  throw new UsageError(
    `Expected a pattern to refine that is not frozen, received ${freeze.join(',')} frozen and ${plus.patterns.join(',')} to refine. Freeze fewer, refine another one, or leave RPP+ out.`,
  );
}

function speaksOfMovies(data: DataConfig): boolean {
  return data.kind === 'synthetic' || (data.format?.startsWith('ml-') ?? false);
}

import type { Callbacks } from '@langchain/core/callbacks/manager';
import type { Dataset } from '@rppkit/datasets';
import { fromLangChain } from '@rppkit/env/langchain';
import { createSimulatedTextModel } from '@rppkit/simulator';
import type { TextModel } from '@rppkit/spec';
import { initChatModel } from 'langchain';
import { pickDefined } from '../pick-defined.ts';
import { UsageError } from '../usage-error.ts';
import { createOutsiderKnowledge, type OutsiderKnowledgeOptions } from './create-outsider-knowledge.ts';
import { keyVariables } from './key-variables.ts';
import { readSimulatedProfile } from './simulated-profile.ts';

/** A model ready to rank. */
export interface Ranker {
  readonly model: TextModel;
  /** True where answers cost nothing and can be had again: they are not stored, and bounds may ask as many as they like. */
  readonly free: boolean;
}

/** `outsiders` are all that a simulated model may know of the data. */
export interface CreateRankerOptions extends OutsiderKnowledgeOptions {
  /** `simulated` (weak), `simulated:weak`, `simulated:strong`, or `provider:name`. */
  readonly name: string;
  readonly temperature?: number | undefined;
  readonly dataset: Dataset;
  /** Callbacks of LangChain, told of every call of a `provider:name` model. */
  readonly callbacks?: Callbacks | undefined;
  /** Where keys and base URLs are read from; default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A ranker by name. Throws `UsageError` for an unknown name, a missing key or a provider package that is not installed. */
export async function createRanker({
  name,
  temperature,
  dataset,
  callbacks,
  synthetic,
  outsiders,
  environment = process.env,
}: CreateRankerOptions): Promise<Ranker> {
  const profile = readSimulatedProfile(name);
  if (profile !== undefined) {
    const knowledge = createOutsiderKnowledge(dataset, { synthetic, outsiders });
    return { model: createSimulatedTextModel({ knowledge, profile, ...pickDefined({ temperature }) }), free: true };
  }
  const separator = name.indexOf(':');
  const provider = name.slice(0, separator);
  if (provider === 'simulated') {
    throw new UsageError(
      `Expected --model to be simulated:weak (or simulated) or simulated:strong, received ${JSON.stringify(name)}. Choose one of the two.`,
    );
  }
  if (separator <= 0 || separator === name.length - 1) {
    throw new UsageError(
      `Expected --model to be simulated, simulated:strong or provider:name such as openai:gpt-4o-mini, received ${JSON.stringify(name)}. Name the provider too.`,
    );
  }
  const keyVariable = keyVariables[provider];
  if (keyVariable !== undefined && !environment[keyVariable]) {
    throw new UsageError(
      `Expected the key for ${provider} in the environment variable ${keyVariable}, received none. Set it and run again.`,
    );
  }
  const baseUrl = provider === 'openai' ? environment['OPENAI_BASE_URL'] : undefined;
  try {
    const chatModel = await initChatModel(name, {
      // One place retries and gives up, the wrappers of the run, so that attempts do not multiply.
      maxRetries: 0,
      ...pickDefined({ temperature, callbacks }),
      ...(baseUrl === undefined ? {} : { configuration: { baseURL: baseUrl } }),
    });
    // Only models that are known to take a seed are sent one; others would refuse the call.
    const known =
      provider === 'openai' ? ({ seed: 'from-sample-index', structuredOutput: { strict: true } } as const) : {};
    const parameters = temperature === undefined ? {} : { temperature };
    return { model: fromLangChain(chatModel, { id: name, parameters, ...known }), free: false };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UsageError(
      `Expected --model ${JSON.stringify(name)} to be a chat model that LangChain can load, received: ${reason} Check the name, or install the provider's package.`,
      { cause: error },
    );
  }
}

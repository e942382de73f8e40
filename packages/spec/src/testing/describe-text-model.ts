import type { TextModel, TextRequest } from '../text-model.ts';
import { describeConformance } from './conformance-check.ts';
import { textModelChecks } from './text-model-checks.ts';

export interface TextModelConformanceOptions {
  /** Shown in the test report. */
  readonly name: string;
  /** A fresh model for every test; it is asked at most 8 times. `close` frees what it holds. */
  readonly create: () => Promise<{ readonly model: TextModel; close?(): Promise<void> | void }>;
  /** A request that the model can answer. Default: a prompt that ranks three films. */
  readonly request?: TextRequest;
  /** True where messages and sample index determine the text. Default false. */
  readonly repeatable?: boolean;
}

const rankThreeFilms: TextRequest = {
  messages: [
    { role: 'system', text: 'You rank films.' },
    { role: 'user', text: 'Rank these films, best first, as a numbered list of titles:\n1. Alien\n2. Heat\n3. Fargo' },
  ],
  sampleIndex: 0,
  purpose: 'rank',
};

/**
 * Declares the conformance tests of `TextModel` for one implementation: fields and ranges of an answer, concurrent
 * calls, abortion. Call it at the top level of a vitest file.
 */
export function describeTextModel({
  name,
  create,
  request = rankThreeFilms,
  repeatable = false,
}: TextModelConformanceOptions): void {
  describeConformance(`TextModel: ${name}`, textModelChecks, async () => {
    const { model, close } = await create();
    return { subject: { model, request, repeatable }, close: async () => close?.() };
  });
}

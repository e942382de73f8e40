import { fromFunction } from '@rppkit/env';
import { createRandomStream } from '@rppkit/spec';
import { assertAllAnswered, createEnvironment } from '../environments/create-environment.ts';
import { sampleActions } from '../environments/sample-actions.ts';
import { answerPrompt } from '../servers/answer-prompt.ts';
import { measurePeakMegabytes } from './run-in-process.ts';

/** What a process that steps many episodes at once reports. */
export interface EpisodesReport {
  readonly episodes: number;
  readonly megabytes: number;
}

/** Resets and steps as many parallel episodes as the argument says, once, and reports the process's largest memory. */
const episodes = Number(process.argv[2]);
const model = fromFunction({ id: 'instant', answer: ({ messages }) => answerPrompt(messages.at(-1)!.text) });
const environment = createEnvironment(model, episodes);
const reset = await environment.reset({ seed: 1 });
assertAllAnswered(await environment.step(sampleActions(environment, reset, createRandomStream('memory'))));
const report: EpisodesReport = { episodes, megabytes: measurePeakMegabytes() };
process.send!(report);

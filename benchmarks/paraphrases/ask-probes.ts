import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import {
  composePrompt,
  createPatternSpace,
  createPatterns,
  type JointAction,
  movies,
  type PatternSpace,
} from '@rppkit/patterns';
import { createKnowledge, SimulatedChatModel } from '@rppkit/simulator';
import { createRandomStream, type RankingTask } from '@rppkit/spec';
import { type AnswerFigures, computeAnswerFigures } from './answer-figures.ts';
import type { Probes } from './create-probe-tasks.ts';

/** A sentence in the place of a pattern's. */
export interface Wording {
  readonly pattern: 'role' | 'reasoning' | 'format';
  readonly text: string;
}

/** An expression of the default preset by its id. */
export interface PresetExpression {
  readonly pattern: Wording['pattern'];
  readonly expression: string;
}

const window = 8;
const draws = 2;
const sections = ['role', 'history', 'candidates', 'reasoning', 'format'] as const;
const space: PatternSpace = createPatternSpace({ domain: movies, patterns: createPatterns({ windows: [window] }) });

/**
 * The figures of each task's answers when one sentence of the neutral prompt is another; undefined: the neutral prompt itself.
 * Seeds depend on task and draw alone.
 */
export async function askProbes(
  { dataset, tasks }: Probes,
  wording: Wording | PresetExpression | undefined,
): Promise<readonly AnswerFigures[]> {
  const model = new SimulatedChatModel({ knowledge: createKnowledge(dataset, { users: 'all' }) });
  const seeds = createRandomStream('paraphrase draws');
  return Promise.all(
    tasks.map(async (probe, index) => {
      const texts = renderMessages(probe.task, wording);
      const messages = texts.map((text, place) =>
        place < texts.length - 1 ? new SystemMessage(text) : new HumanMessage(text),
      );
      const answers = await Promise.all(
        Array.from({ length: draws }, async (_, draw) => {
          const seed = seeds.split(index).split(draw).bits() >>> 1;
          return (await model.invoke(messages, { seed })).text;
        }),
      );
      return computeAnswerFigures(answers, probe);
    }),
  );
}

/** A role as system message, where there is one, and the rest for the user. */
function renderMessages(task: RankingTask, wording: Wording | PresetExpression | undefined): readonly string[] {
  const { text, spans } = composePrompt(space, readAction(wording), task);
  const written = new Map<string, string>(spans.map(({ section, start, end }) => [section, text.slice(start, end)]));
  if (wording !== undefined && 'text' in wording) written.set(wording.pattern, wording.text);
  const role = written.get('role');
  written.delete('role');
  const user = sections.flatMap((section) => written.get(section) ?? []).join('\n\n');
  return role === undefined ? [user] : [role, user];
}

function readAction(wording: Wording | PresetExpression | undefined): JointAction {
  return space.patterns.map(({ section, expressions }) => {
    const wanted =
      wording !== undefined && 'expression' in wording && wording.pattern === section ? wording.expression : undefined;
    const neutral = { role: 'none', reasoning: 'plain', format: 'numbered-titles' }[section as string];
    const id = wanted ?? neutral;
    return id === undefined ? 0 : expressions.findIndex((expression) => expression.id === id);
  });
}

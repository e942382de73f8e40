import type { PromptExample } from '../experiment/results.ts';
import { cleanText, cutText } from './escape-html.ts';
import { splitPrompt } from './split-prompt.ts';

/** A title, and what is to be said of it; `note` is empty for most. */
export interface TitleView {
  readonly title: string;
  readonly note: string;
}

/** An answer as it is shown. */
export interface AnswerView {
  readonly ndcg: number;
  /** In ranked order; empty for an answer without a usable ranking. */
  readonly ranking: readonly TitleView[];
  readonly answer: string;
}

/** A part of a prompt. `label` is the section, empty for text between sections; `colour` names its style. */
export interface PromptBlock {
  readonly label: string;
  readonly colour: string;
  readonly text: string;
}

/** One user as the report shows it. All text is cut and made visible, but not escaped: it may hold markup. */
export interface ExampleView {
  readonly user: string;
  readonly history: readonly string[];
  readonly candidates: readonly TitleView[];
  readonly prompt: readonly PromptBlock[];
  readonly personal: AnswerView;
  readonly fixed: AnswerView;
}

const sections = ['role', 'history', 'candidates', 'reasoning', 'format'];

/** Throws `InvalidArgumentError` for prompt spans that overlap, are out of order or reach past the text. */
export function createExampleView(example: PromptExample): ExampleView {
  const { user, history, candidates, prompt, fixed } = example;
  return {
    user: show(user, 60),
    history: history.map(showTitle),
    candidates: candidates.map(({ title, relevant }) => ({
      title: showTitle(title),
      note: relevant ? 'relevant' : '',
    })),
    prompt: splitPrompt(prompt).map(({ section, text }) => ({
      label: show(section ?? '', 40),
      colour: section !== undefined && sections.includes(section) ? section : 'other',
      text: show(text, 6000),
    })),
    personal: createAnswerView(example, candidates),
    fixed: createAnswerView(fixed, candidates),
  };
}

/** Rankings hold titles only, and a title may belong to two candidates. */
function createAnswerView(
  { answer, ranking, ndcg }: PromptExample['fixed'],
  candidates: PromptExample['candidates'],
): AnswerView {
  const relevant = new Set(candidates.filter((candidate) => candidate.relevant).map(({ title }) => title));
  const others = new Set(candidates.filter((candidate) => !candidate.relevant).map(({ title }) => title));
  const note = (title: string): string => {
    if (!relevant.has(title)) return '';
    return others.has(title) ? 'title of the relevant one and of another' : 'relevant';
  };
  return {
    ndcg,
    ranking: ranking.map((title) => ({ title: showTitle(title), note: note(title) })),
    answer: show(answer, 4000),
  };
}

function showTitle(title: string): string {
  return show(title, 140);
}

function show(text: string, limit: number): string {
  return cleanText(cutText(text, limit));
}

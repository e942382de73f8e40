import type { ComingRound, Reword } from '@rppkit/env';
import { createPatternSpace, type PatternSpace, readLanguage } from '@rppkit/patterns';
import { InvalidArgumentError } from '@rppkit/spec';
import { listTitles } from '../rewriting/list-titles.ts';
import type { Evidence, Refinement, Refiner } from '../rewriting/refinement.ts';

export interface InlineRefinementOptions {
  readonly refiner: Refiner;
  /** That of the environment. */
  readonly space: PatternSpace;
  /** Names of the patterns that are refined. Default: all but that of the section `history`. */
  readonly patterns?: readonly string[];
  /**
   * `shared` (default): each chosen expression is refined once a step for all rounds that chose it. `round`: for each round
   * by itself, with what is known of its last answer; one refinement for each round and pattern.
   */
  readonly scope?: 'shared' | 'round';
  /** Called after each refinement, also those that failed and whose expression is used as it is. */
  readonly onRefinement?: (
    refinement: Refinement,
    expression: { readonly pattern: string; readonly id: string },
  ) => void;
}

/** Refines chosen expressions for the rounds of a step, as RPP+ of the paper does; the action space stays what it was. */
export interface InlineRefinement {
  /** For the environment's option `reword`. */
  readonly reword: Reword;
  /** Requests to the refining model so far. */
  readonly calls: number;
  save(): InlineRefinementState;
  /** Goes on from `save`: numbers and calls count on. */
  load(state: InlineRefinementState): void;
}

/** What a later process needs to go on. Plain JSON data. */
export interface InlineRefinementState {
  readonly calls: number;
  /** Refinements asked for, by place in the space. */
  readonly asked: Readonly<Record<string, number>>;
}

/**
 * Inline refinement: what was chosen is refined for its round alone. Where nothing comes of a refinement, the expression is
 * used as it is. Refinements of one expression are numbered by `sampleIndex`, so that a response store tells them apart.
 * Throws `InvalidArgumentError` for a pattern that the space has not.
 */
export function createInlineRefinement({
  refiner,
  space,
  patterns = space.patterns.filter(({ section }) => section !== 'history').map(({ name }) => name),
  scope = 'shared',
  onRefinement = () => undefined,
}: InlineRefinementOptions): InlineRefinement {
  const known = space.patterns.map(({ name }) => name);
  for (const name of patterns) {
    if (!known.includes(name)) throw new InvalidArgumentError('patterns', `among ${known.join(', ')}`, name);
  }
  const positions = patterns.map((name) => known.indexOf(name));
  /** Refinements asked for, by place in the space. */
  let asked = new Map<string, number>();
  let calls = 0;

  /** Expressions to refine for rounds that share a space. Numbered here, so that no timing decides the numbers. */
  const plan = (rounds: readonly ComingRound[], numbers: Map<string, number>): readonly PlannedRefinement[] =>
    positions.flatMap((position) =>
      [...new Set(rounds.map(({ choice }) => choice[position]!))]
        .sort((left, right) => left - right)
        .filter((action) => space.patterns[position]!.expressions[action]!.template.trim() !== '')
        .map((action) => {
          const place = `${position} ${action}`;
          const sampleIndex = numbers.get(place) ?? 0;
          numbers.set(place, sampleIndex + 1);
          return { position, action, sampleIndex, rounds: rounds.filter(({ choice }) => choice[position] === action) };
        }),
    );

  /** The sentence in place of an expression's own. */
  const refine = async (
    { position, action, sampleIndex, rounds }: PlannedRefinement,
    options: { readonly signal?: AbortSignal },
  ): Promise<string> => {
    const pattern = space.patterns[position]!;
    const expression = pattern.expressions[action]!;
    const refinement = await refiner.refine({
      pattern,
      expression,
      domain: space.domain,
      evidence: describeLastAnswers(rounds, readLanguage(space.domain.language) ?? 'en'),
      protectedTexts: listTitles(rounds.map(({ task }) => task)),
      sampleIndex,
      ...options,
    });
    calls += refinement.calls;
    onRefinement(refinement, { pattern: pattern.name, id: expression.id });
    return refinement.kind === 'refined' ? refinement.expression.template : expression.template;
  };

  return {
    get calls() {
      return calls;
    },
    save: () => ({ calls, asked: Object.fromEntries(asked) }),
    load(state) {
      calls = state.calls;
      asked = new Map(Object.entries(state.asked));
    },
    async reword(rounds, options) {
      const groups = scope === 'shared' ? [rounds] : rounds.map((round) => [round]);
      const numbers = new Map(asked);
      const plans = groups.map((group) => plan(group, numbers));
      const spaces = await Promise.all(
        plans.map(async (planned) => {
          const templates = await Promise.all(planned.map((one) => refine(one, options)));
          return replaceTemplates(space, planned, templates);
        }),
      );
      // A step that is taken again asks for the same.
      asked = numbers;
      return rounds.map((_, index) => (scope === 'shared' ? spaces[0]! : spaces[index]!));
    },
  };
}

/** One expression to refine, for the rounds that chose it. */
interface PlannedRefinement {
  readonly position: number;
  readonly action: number;
  readonly sampleIndex: number;
  readonly rounds: readonly ComingRound[];
}

function replaceTemplates(
  space: PatternSpace,
  planned: readonly PlannedRefinement[],
  templates: readonly string[],
): PatternSpace {
  const patterns = space.patterns.map((pattern, position) => ({
    ...pattern,
    expressions: pattern.expressions.map((expression, action) => {
      const at = planned.findIndex((one) => one.position === position && one.action === action);
      return at < 0 ? expression : { ...expression, template: templates[at]! };
    }),
  }));
  return createPatternSpace({ ...space, patterns });
}

function describeLastAnswers(rounds: readonly ComingRound[], language: 'en' | 'zh'): Evidence {
  const last = rounds.flatMap(({ last }) => last ?? []);
  if (last.length === 0) return { facts: [] };
  const whole = last.filter(({ status }) => status === 'complete').length;
  const fact =
    language === 'en'
      ? `Of the ${last.length} answers of the round before, ${whole} could be read whole.`
      : `上一轮的 ${last.length} 个回答中，有 ${whole} 个可以完整读取。`;
  return { facts: [fact] };
}

import type { AnswerPlan } from './answer-plan.ts';
import { type RenderAnswerOptions, renderAnswer } from './render-answer.ts';
import { toJsonLabel } from './render-list.ts';
import { createImpressions, renderThoughts } from './render-thoughts.ts';
import type { SchemaContent, SchemaEntry } from './schema-scalar.ts';

/** A planned answer in the parts from which an answer by schema is put together. */
export function createSchemaContent(plan: AnswerPlan, options: RenderAnswerOptions): SchemaContent {
  const { reading, random } = options;
  const { history, candidates, labels, guidance } = reading;
  const impressions = createImpressions(reading, options.situation, options.genreNames);
  const { remarks } = impressions.phrases;
  const all = candidates.map(
    (title, candidate): SchemaEntry => ({
      title,
      candidate,
      label: toJsonLabel(labels[candidate]!),
      remark: impressions.fill(remarks[impressions.findTrait(candidate)], candidate),
    }),
  );
  const addForeign = (title: string): SchemaEntry => ({ title, label: title, remark: remarks.unknown });
  return {
    ranking: plan.lines.map((line) => (line < 0 ? addForeign(history[~line]!) : all[line]!)),
    candidates: all,
    byLabel: guidance.answer.content === 'indices',
    text: () => renderAnswer(plan, options),
    reasons: () => renderThoughts(reading, impressions, random),
  };
}

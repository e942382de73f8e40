import type { Expression } from './expression.ts';
import { assertFields, assertInteger, assertOneOf, assertText, createShapeError, joinPath } from './json-shape.ts';
import { slotNames } from './slots.ts';

/** The words of a history expression, without its window. */
export type HistoryWording = Pick<Expression, 'template' | 'closing' | 'heldOut' | 'examples'>;

/** A template of an expression: its name, the field that holds it, its text and the slots that it may have. */
export interface ExpressionTemplate {
  readonly name: 'template' | 'closing' | 'examplesHeading' | 'example';
  readonly field: string;
  readonly text: string;
  readonly slots: readonly string[];
}

const closingSlots: readonly string[] = [...slotNames, 'latestTitle'];
const examplesHeadingSlots: readonly string[] = [...slotNames, 'exampleCount'];
const exampleSlots: readonly string[] = [...slotNames, 'exampleNumber', 'exampleHistory', 'chosenTitle'];

/** All templates of an expression. */
export function listTemplates({ template, closing, examples }: HistoryWording): readonly ExpressionTemplate[] {
  return [
    { name: 'template', field: 'template', text: template, slots: slotNames },
    ...(closing === undefined
      ? []
      : [{ name: 'closing' as const, field: 'closing', text: closing, slots: closingSlots }]),
    ...(examples === undefined
      ? []
      : [
          {
            name: 'examplesHeading' as const,
            field: 'examples.heading',
            text: examples.heading,
            slots: examplesHeadingSlots,
          },
          { name: 'example' as const, field: 'examples.template', text: examples.template, slots: exampleSlots },
        ]),
  ];
}

/** Asserts what only history expressions have, but for windows and slots, at the JSON path of the expression. */
export function assertHistoryWording(fields: Readonly<Record<string, unknown>>, path: string): void {
  const { closing, heldOut, examples } = fields;
  if (closing !== undefined) assertText(closing, joinPath(path, 'closing'));
  if (heldOut !== undefined) {
    assertOneOf(heldOut, joinPath(path, 'heldOut'), [true]);
    if (closing === undefined) {
      throw createShapeError(joinPath(path, 'closing'), 'the sentence that names the item held out', closing);
    }
  }
  if (examples === undefined) return;
  const examplesPath = joinPath(path, 'examples');
  const { count, heading, template } = assertFields(examples, examplesPath, ['count', 'heading', 'template']);
  assertInteger(count, joinPath(examplesPath, 'count'), 1);
  assertText(heading, joinPath(examplesPath, 'heading'), { blank: true });
  assertText(template, joinPath(examplesPath, 'template'));
}

/** True for expressions that differ in nothing but their windows. */
export function isWordedAlike(left: HistoryWording, right: HistoryWording): boolean {
  const words = listTemplates(left);
  const others = listTemplates(right);
  return (
    left.heldOut === right.heldOut &&
    left.examples?.count === right.examples?.count &&
    words.length === others.length &&
    words.every(({ name, text }, index) => name === others[index]!.name && text === others[index]!.text)
  );
}

import type { LintCheck } from '../lint-check.ts';

/** Items of tasks whose title is their id: a language model knows nothing about them. */
export const untitledItems: LintCheck = {
  code: 'untitled-items',
  severity: 'warning',
  find({ tasks, items, titleIndex }) {
    if (titleIndex === undefined) return [];
    const isShown = new Uint8Array(items.length);
    for (const { history, candidates } of tasks) {
      for (const item of history) isShown[item] = 1;
      for (const item of candidates) isShown[item] = 1;
    }
    const shown = items.filter((_, item) => isShown[item] === 1);
    const untitled = shown.filter(({ id, title }) => id === title);
    if (untitled.length === 0) return [];
    return [
      {
        message: `Expected items with titles, received ${untitled.length} of ${shown.length} items in tasks whose title is their id.`,
        fix: 'Load the file that holds the titles, or leave out items without one.',
        counted: 'items',
        count: untitled.length,
        examples: untitled.slice(0, 5).map(({ id }) => id),
      },
    ];
  },
};

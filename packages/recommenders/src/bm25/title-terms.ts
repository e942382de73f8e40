/** One Chinese character, or a run of other letters, marks and digits. */
const term = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu;

/**
 * Terms of a title, in order: words and numbers in lower case, each Chinese character alone. A year such as `(1995)` is the
 * term `1995`. Compatible forms of a letter count as one (Unicode NFKC); other scripts without spaces are not segmented.
 */
export function computeTitleTerms(title: string): readonly string[] {
  return title.normalize('NFKC').toLowerCase().match(term) ?? [];
}

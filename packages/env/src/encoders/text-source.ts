import { type EncoderContext, InvalidArgumentError, type Item, type LastRound, type RankingTask } from '@rppkit/spec';
import { assertCount, assertName } from './state-fields.ts';

/** Which text of a context is encoded. */
export type TextSource = 'history' | 'candidates' | 'last-prompt';

const sources: readonly TextSource[] = ['history', 'candidates', 'last-prompt'];

/** What every encoder of text is told. */
export interface TextSourceOptions {
  /** `history`: its latest entries; `candidates`; `last-prompt`: the whole prompt of the round before. Default `history`. */
  readonly source?: TextSource;
  /** Latest history entries that are read; default 20. */
  readonly window?: number;
  /** Floats; default 32. */
  readonly dimensions?: number;
}

/** Which text, and how much of a history. */
export type TextPart = Required<Pick<TextSourceOptions, 'source' | 'window'>>;

/** Throws `InvalidArgumentError` for options, also of a saved state, that are absent or outside their ranges. */
export function assertTextSource(
  { source, window, dimensions, name }: Required<TextSourceOptions> & { readonly name: string },
  place = '',
): void {
  if (!sources.includes(source)) {
    throw new InvalidArgumentError(`${place}source`, `one of ${sources.join(', ')}`, source);
  }
  assertCount(`${place}window`, window);
  assertCount(`${place}dimensions`, dimensions);
  assertName(`${place}name`, name);
}

/** What decides the text, by whose identity it can be remembered. */
export type TextOwner = RankingTask | LastRound;

/** Undefined in a first round, which has no last prompt. */
export function getTextOwner(source: TextSource, { task, last }: EncoderContext): TextOwner | undefined {
  return source === 'last-prompt' ? last : task;
}

/** The prompt, or the items whose text is read; a history oldest first. */
export function getTextParts(owner: TextOwner, { source, window }: TextPart): string | readonly Item[] {
  if ('prompt' in owner) return owner.prompt;
  return source === 'candidates' ? owner.candidates : owner.history.slice(-window).map(({ item }) => item);
}

/** The text itself: the prompt, or one line an item; empty where there is none. */
export function renderText(owner: TextOwner, part: TextPart): string {
  const parts = getTextParts(owner, part);
  return typeof parts === 'string' ? parts : parts.map(renderItem).join('\n');
}

/** Title and attributes: `Alien (1979) (genres: Horror, Thriller; country: UK)`. */
function renderItem({ title, attributes = {} }: Item): string {
  const parts = Object.entries(attributes).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : value.join(', ')}`,
  );
  return parts.length === 0 ? title : `${title} (${parts.join('; ')})`;
}

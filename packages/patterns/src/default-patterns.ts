import { createPatterns } from './create-patterns.ts';
import type { Pattern } from './pattern.ts';

const preset = createPatterns();

/** The default action spaces in English: 6 roles x 5 windows x 9 reasonings x 5 formats = 1,350 joint actions. */
export const defaultPatterns: readonly Pattern[] = preset;

/**
 * The action spaces of the paper's reference code in English: 5 roles x 3 increments of a window that starts at 1 x
 * 9 reasonings x 5 formats = 675 joint actions.
 */
export const referencePatterns: readonly Pattern[] = createPatterns({ preset: 'reference' });

const [role, history, reasoning, format] = preset;

/** Six perspectives on who the model is, "none" among them. */
export const rolePattern: Pattern = role;

/** Windows of 2, 5, 10, 20 and 40 most recent items, oldest first. */
export const historyPattern: Pattern = history;

/** Nine perspectives on how to get from history to ranking. */
export const reasoningPattern: Pattern = reasoning;

/** Five perspectives on the shape of the answer. */
export const formatPattern: Pattern = format;

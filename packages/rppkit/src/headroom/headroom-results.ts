import type { HeadroomLook } from '@rppkit/search';
import { z } from 'zod';
import type { CallCount } from '../experiment/results.ts';
import { type Checked, readChecked } from '../run-folder/checked-files.ts';

/** What a cheap look found; written to `headroom.json`. */
export interface HeadroomResults
  extends Pick<
    HeadroomLook,
    'verdict' | 'p' | 'estimate' | 'patterns' | 'calls' | 'failed' | 'invalid' | 'tokens' | 'tasks'
  > {
  readonly schemaVersion: 1;
  readonly run: string;
  readonly command: string;
  readonly seed: number;
  readonly data: { readonly name: string; readonly users: number; readonly trainUsers: number };
  readonly model: string;
  /** The headroom that such a look sees with probability .8; null where none would show, however large. */
  readonly detectable: number | null;
  /** Commands with which to go on, and what each does. */
  readonly next: readonly { readonly command: string; readonly purpose: string }[];
  readonly versions: Readonly<Record<string, string>>;
  /** What does not follow from seed, data and answers alone. */
  readonly timing: { readonly calls: readonly CallCount[] };
}

/** The part of `headroom.json` that is shown of a run. */
export type StoredLook = Pick<HeadroomResults, 'verdict' | 'p' | 'estimate' | 'detectable' | 'next'>;

const schema: z.ZodType<StoredLook> = z.looseObject({
  schemaVersion: z.literal(1),
  verdict: z.enum(['worth-training', 'no-sign']),
  p: z.number(),
  estimate: z.number(),
  detectable: z.number().nullable(),
  next: z.array(z.looseObject({ command: z.string(), purpose: z.string() })),
});

/** The results of a look. */
export function readCheckedLook(path: string): Checked<StoredLook> {
  return readChecked(path, schema);
}

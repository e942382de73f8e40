import type { Figures } from './bench.ts';
import { UsageError } from './usage.ts';

/** One bound of `targets.json`. */
export interface Target {
  readonly bench: string;
  readonly figure: string;
  readonly bound: { readonly atMost: number } | { readonly atLeast: number };
  readonly unit: string;
  /** Where it was asked for, such as `issue 5, point 5`. */
  readonly source: string;
  /** What a machine must have for this figure to exist: a key of the harness's needs. */
  readonly needs?: string;
}

export interface Verdict {
  readonly line: string;
  readonly failed: boolean;
}

/** Checks the content of `targets.json`. Throws `UsageError`. */
export function parseTargets(content: unknown, knownNeeds: readonly string[]): readonly Target[] {
  if (!Array.isArray(content)) throw new UsageError('Expected targets.json to hold an array.');
  const seen = new Set<string>();
  content.forEach((target: Partial<Target>, index) => {
    const fail = (text: string): never => {
      throw new UsageError(`targets.json, entry ${index} (${target.bench} ${target.figure}): expected ${text}.`);
    };
    for (const field of ['bench', 'figure', 'unit', 'source'] as const) {
      if (typeof target[field] !== 'string' || target[field] === '') fail(`${field} to be a text`);
    }
    const bounds = Object.entries(target.bound ?? {});
    const valid = bounds.length === 1 && /^(atMost|atLeast)$/.test(bounds[0]![0]) && Number.isFinite(bounds[0]![1]);
    if (!valid) fail('bound to be { "atMost": number } or { "atLeast": number }');
    if (target.needs !== undefined && !knownNeeds.includes(target.needs))
      fail(`needs to be one of ${knownNeeds.join(', ')}`);
    const key = `${target.bench} ${target.figure}`;
    if (seen.has(key)) fail('one bound a figure');
    seen.add(key);
  });
  return content as readonly Target[];
}

/**
 * Compares the figures of one bench with its targets. A miss, a figure without a bound and a bound without a figure fail;
 * a bound whose `needs` is absent and which has no figure does not.
 */
export function judgeFigures(
  bench: string,
  figures: Figures,
  targets: readonly Target[],
  presentNeeds: ReadonlySet<string>,
): readonly Verdict[] {
  const own = targets.filter((target) => target.bench === bench);
  const verdicts = own.map((target): Verdict => {
    const value = figures[target.figure];
    const text = `${bench} ${target.figure}: ${renderBound(target)}`;
    if (value === undefined) {
      const absent = target.needs !== undefined && !presentNeeds.has(target.needs);
      return absent
        ? { line: `${text}: not measured here (needs ${target.needs})`, failed: false }
        : { line: `${text}: FAILED, the bench gave no such figure`, failed: true };
    }
    const met = 'atMost' in target.bound ? value <= target.bound.atMost : value >= target.bound.atLeast;
    return { line: `${text}: measured ${renderNumber(value)}: ${met ? 'met' : 'MISSED'}`, failed: !met };
  });
  const bounded = new Set(own.map(({ figure }) => figure));
  const unbounded = Object.entries(figures).filter(([figure]) => !bounded.has(figure));
  return [
    ...verdicts,
    ...unbounded.map(([figure, value]): Verdict => {
      return {
        line: `${bench} ${figure}: measured ${renderNumber(value)}: FAILED, no bound in targets.json`,
        failed: true,
      };
    }),
  ];
}

/** Four significant digits, without an exponent for everyday sizes. */
export function renderNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

function renderBound({ bound, unit }: Target): string {
  return 'atMost' in bound ? `at most ${bound.atMost} ${unit}` : `at least ${bound.atLeast} ${unit}`;
}

import { describe, expect, it } from 'vitest';
import { defineBench, type FullProtocolBench, type Json } from './bench.ts';
import { type CommittedResult, computeInputHash } from './committed-result.ts';
import { createExampleHost, createExampleOutcome, type ExampleHost } from './example-host.ts';
import { runCommand } from './run-command.ts';
import type { Target } from './targets.ts';

const target: Target = { bench: 'learning/a', figure: 'mean', bound: { atLeast: 25 }, unit: '', source: 'issue 1' };

/** Seed s measures 10 * s; the figure is the mean over seeds. */
function createBench(change: Partial<FullProtocolBench> = {}): FullProtocolBench & { readonly measured: number[] } {
  const measured: number[] = [];
  return {
    ...defineBench<FullProtocolBench>({
      name: 'learning/a',
      purpose: 'Learns a.',
      protocol: 'full',
      seeds: [1, 2, 5],
      checkSeed: 2,
      inputs: async () => ({ calls: 3000, data: 'abc' }),
      measureSeed: async (seed) => {
        measured.push(seed);
        return { value: 10 * seed };
      },
      summarize: (records) => {
        const values = Object.values(records).map((record) => (record as { readonly value: number }).value);
        return createExampleOutcome({ mean: values.reduce((sum, value) => sum + value, 0) / values.length });
      },
      ...change,
    }),
    measured,
  };
}

async function commit(): Promise<CommittedResult> {
  const host = createExampleHost({ benches: [createBench()] });
  await runCommand(['learning/a', '--full'], host);
  return host.results.get('learning/a')!;
}

async function check(bench: FullProtocolBench, results: readonly CommittedResult[]): Promise<[number, ExampleHost]> {
  const host = createExampleHost({ benches: [bench], targets: [target], results });
  return [await runCommand(['learning/a', '--check'], host), host];
}

describe('a bench with a full protocol', () => {
  it('commits records of all seeds, the command and the input hash', async () => {
    const committed = await commit();
    expect(committed).toMatchObject({
      command: 'pnpm bench learning/a --full',
      inputHash: await computeInputHash(createBench()),
      records: { 1: { value: 10 }, 2: { value: 20 }, 5: { value: 50 } },
      figures: { mean: 80 / 3 },
      durationSeconds: 4.5,
    });
    expect(committed.inputHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is checked by one seed and the committed figures', async () => {
    const bench = createBench();
    const [code, host] = await check(bench, [await commit()]);
    expect(code).toBe(0);
    expect(bench.measured).toEqual([2]);
    expect(host.printed[0]).toBe('learning/a mean: at least 25 : measured 26.67: met');
  });

  it('measures the check seed alone in a quick run, and writes nothing', async () => {
    const bench = createBench();
    const host = createExampleHost({ benches: [bench] });
    expect(await runCommand(['learning/a', '--quick'], host)).toBe(0);
    expect(bench.measured).toEqual([2]);
    expect(host.results.size).toBe(0);
  });

  it('fails without a committed result', async () => {
    const [code, host] = await check(createBench(), []);
    expect(code).toBe(1);
    expect(host.printed[0]).toBe('learning/a: FAILED, there is no committed result; run pnpm bench learning/a --full');
  });

  it('fails when the seed now gives something else', async () => {
    const [code, host] = await check(createBench({ measureSeed: async (seed) => ({ value: 10 * seed + 1e-9 }) }), [
      await commit(),
    ]);
    expect(code).toBe(1);
    expect(host.printed[0]).toBe('learning/a: FAILED, seed 2 gives another record now than the committed one');
  });

  it.each<[string, Partial<FullProtocolBench>]>([
    ['inputs', { inputs: async () => ({ calls: 500, data: 'abc' }) }],
    ['seeds', { seeds: [1, 2] }],
  ])('fails when its %s have changed, without measuring', async (_what, change) => {
    const bench = createBench(change);
    const [code, host] = await check(bench, [await commit()]);
    expect(code).toBe(1);
    expect(host.printed[0]).toContain('its inputs have changed since');
    expect(bench.measured).toEqual([]);
  });

  it('does not mind the order of keys in inputs and records', async () => {
    const inputs = async (): Promise<Json> => ({ data: 'abc', calls: 3000 });
    expect((await check(createBench({ inputs }), [await commit()]))[0]).toBe(0);
  });

  it('fails a result that was edited: command, figures or records', async () => {
    const committed = await commit();
    const explain = async (change: Partial<CommittedResult>): Promise<string> => {
      const [code, host] = await check(createBench(), [{ ...committed, ...change }]);
      expect(code).toBe(1);
      return host.printed[0]!;
    };
    expect(await explain({ command: 'pnpm bench learning/a --quick' })).toContain(
      'was made by pnpm bench learning/a --quick',
    );
    expect(await explain({ figures: { mean: 99 } })).toContain('the committed figures do not follow from its records');
    expect(await explain({ records: { 1: { value: 10 }, 2: { value: 20 } } })).toContain('seeds 5 are missing');
  });

  it('fails a committed figure that misses its bound', async () => {
    const committed = await commit();
    const host = createExampleHost({
      benches: [createBench()],
      targets: [{ ...target, bound: { atLeast: 27 } }],
      results: [committed],
    });
    expect(await runCommand(['learning/a', '--check'], host)).toBe(1);
    expect(host.printed[0]).toContain('MISSED');
  });
});

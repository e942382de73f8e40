import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ChatOpenAI } from '@langchain/openai';
import { choosePrompts, guardTextModel, openPromptPolicy } from '@rppkit/env';
import { fromLangChain } from '@rppkit/env/langchain';
import { startChatServer } from '@rppkit/env/testing';
import { composePrompt } from '@rppkit/patterns';
import { decodePolicy } from '@rppkit/policy';
import { createRandomStream, type TextModel, TextModelError } from '@rppkit/spec';
import { afterEach, describe, expect, it } from 'vitest';
import { createGrowingWorld, encodeGrownPolicy, prepareGrowingRun } from './growing-run.fixture.ts';

const script = fileURLToPath(new URL('growing-run.fixture.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const world = createGrowingWorld();

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const createFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'growing-'));
  folders.push(folder);
  return folder;
};

/** Runs the script in a folder; with `until`, kills it as soon as that line was written. Resolves with the lines. */
function run(folder: string, until?: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--conditions=rppkit-source', '--import', tsx, script, 'run', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (until !== undefined && output.includes(`${until}\n`)) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(output.trim().split('\n')));
  });
}

describe('a training whose action space grows', () => {
  it('goes on after kills with the same space, lineage and numbers', async () => {
    const [whole, killed] = [createFolder(), createFolder()];
    const lines = await run(whole);
    expect(lines.at(-1)).toBe('done');
    const first = await run(killed, 'update 5');
    expect(first).not.toContain('done');
    const second = await run(killed, 'update 9');
    expect(second[0]).toMatch(/^update ([6-9]|1\d)$/);
    expect(second).not.toContain('done');
    expect((await run(killed)).at(-1)).toBe('done');
    for (const name of ['state', 'policy']) {
      const [expected, received] = [whole, killed].map((folder) => readFileSync(join(folder, name)));
      expect(received!.equals(expected!)).toBe(true);
    }
    const { children } = JSON.parse(readFileSync(join(whole, 'state')).toString().split('\n')[0]!);
    expect(children.length).toBeGreaterThan(3);
    expect(children.some(({ verdict }: { verdict: string }) => verdict !== 'open')).toBe(true);
  }, 120_000);

  it('leaves a policy file that alone reproduces its prompts', async () => {
    const grown = await prepareGrowingRun(world);
    await grown.train();
    const plain = grown.tasks.map(({ task }) => task);
    const policy = openPromptPolicy(decodePolicy(encodeGrownPolicy(grown)));
    expect(policy.space).toEqual(grown.environment.space);
    const choices = await choosePrompts(plain, policy);
    const children = choices.flatMap((choice) =>
      choice.flatMap((action, at) => policy.space.patterns[at]!.expressions[action]!.parent ?? []),
    );
    expect(children.length).toBeGreaterThan(0);
    for (const [index, choice] of choices.entries()) {
      expect(policy.space.patterns.some(({ expressions }, at) => expressions[choice[at]!]!.retired)).toBe(false);
      expect(composePrompt(policy.space, choice, plain[index]!).text).toBe(
        composePrompt(grown.environment.space, choice, plain[index]!).text,
      );
    }
    grown.learner.dispose();
  }, 60_000);

  it('keeps its space where the refining model never answers', async () => {
    const silent: TextModel = { id: 'silent', generate: () => Promise.reject(new TextModelError('server', 'down')) };
    const grown = await prepareGrowingRun({ ...world, refining: silent });
    await grown.train();
    const { refined, failed, refineCalls, pairCalls, reasons } = grown.growth.counts;
    expect(refined + pairCalls).toBe(0);
    expect(failed).toBeGreaterThan(3);
    expect(refineCalls).toBe(failed);
    expect(reasons).toEqual({ server: failed });
    expect(grown.growth.children).toEqual([]);
    grown.learner.dispose();
  }, 60_000);

  it('goes on with ChatOpenAI on a server that fails, and counts what failed', async () => {
    const draw = (name: string, index: number): number => createRandomStream(name).split(index).uniform();
    const server = await startChatServer({
      // The simulated model's rewrites; some answers are empty, some are chat around one.
      async answer({ index, messages, body }) {
        const kind = draw('answers', index);
        if (kind < 0.25) return '';
        const format = body['response_format'] as { readonly json_schema: { readonly schema: object } } | undefined;
        const schema = format && { responseSchema: format.json_schema.schema as Readonly<Record<string, unknown>> };
        const request = { messages, sampleIndex: index, purpose: 'refine', ...schema } as const;
        const { text } = await world.model.generate(request);
        return kind < 0.5 ? `Sure! Here is a better sentence: ${text} Let me know if you want another one.` : text;
      },
      faults({ index }) {
        const kind = draw('faults', index);
        return kind < 0.15 ? 'server-error' : kind < 0.3 ? 'reset' : undefined;
      },
    });
    try {
      const chat = new ChatOpenAI({
        model: 'local',
        apiKey: 'none',
        maxRetries: 0,
        configuration: { baseURL: server.urls.openai },
      });
      const refining = guardTextModel(fromLangChain(chat, { id: 'openai:local' }), {
        retry: { random: createRandomStream('retries'), maxRetries: 0 },
      });
      const grown = await prepareGrowingRun({ ...world, refining });
      await grown.train();
      const { counts, children } = grown.growth;
      expect(counts.failed).toBeGreaterThan(0);
      expect(counts.rejected).toBeGreaterThan(0);
      expect(counts.refined).toBeGreaterThan(0);
      expect(children).toHaveLength(counts.refined);
      expect((counts.reasons['server'] ?? 0) + (counts.reasons['network'] ?? 0)).toBe(counts.failed);
      grown.learner.dispose();
    } finally {
      await server.close();
    }
  }, 60_000);
});

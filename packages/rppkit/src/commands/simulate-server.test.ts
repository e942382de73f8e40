import { ChatOpenAI } from '@langchain/openai';
import { describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.ts';

/** Runs a command; resolves with the first line of output too, and lets a server run until `end`. */
function start(...args: string[]) {
  const written = { out: '', err: '' };
  let announce = (_: string): void => {};
  const announced = new Promise<string>((resolve) => {
    announce = resolve;
  });
  const ended = runCli(args, {
    stdout: {
      write(text: string) {
        written.out += text;
        announce(text);
      },
    },
    stderr: { write: (text: string) => (written.err += text) },
  });
  return {
    written,
    ended,
    announced,
    end(): Promise<number> {
      process.emit('SIGINT');
      return ended;
    },
  };
}

const small = ['--users', '60', '--train-users', '20', '--report-users', '10'];

describe('rppkit simulate-server', () => {
  it('answers clients of OpenAI, and ends at Ctrl-C', async () => {
    const server = start('simulate-server', ...small, '--port', '0', '--profile', 'strong', '--json');
    const { environment, model, url, port } = JSON.parse(await server.announced);
    expect({ url, model }).toEqual({ url: `http://127.0.0.1:${port}/v1`, model: 'openai:simulated-strong' });
    const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL } = environment;
    const chat = new ChatOpenAI({ model: 'simulated-strong', apiKey, configuration: { baseURL } });
    expect((await chat.invoke('Candidates:\n[1] Heat\n[2] Alien\n\nRank them.')).text).toMatch(/Heat|Alien/);
    expect(await server.end()).toBe(0);
    expect(server.written.err).toMatch(/^Ended; requests: 1\.\n$/);
    await expect(fetch(`${url}/models`)).rejects.toThrow();
  });

  it('prints what to export, and says which port is in use', async () => {
    const server = start('simulate-server', ...small, '--port', '0');
    const first = await server.announced;
    const port = /:(\d+)\/v1\n$/.exec(first)?.[1];
    const other = start('simulate-server', ...small, '--port', port!);
    expect(await other.ended).toBe(2);
    expect(other.written).toEqual({
      out: '',
      err: `Error: Expected --port to be free on 127.0.0.1, received ${port}. It is in use; pass 0 for any free port.\n`,
    });
    expect(await server.end()).toBe(0);
    expect(server.written.out).toBe(
      `export OPENAI_BASE_URL=http://127.0.0.1:${port}/v1\nexport OPENAI_API_KEY=anything\n`,
    );
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  it.each([
    [['--port', '70000'], 'Expected --port to be an integer in [0, 65535], received 70000.'],
    [['--port', '-1'], 'Expected an integer of at least 0.'],
    [['--profile', 'huge'], 'Allowed choices are weak, strong'],
    [['--data', 'books.csv'], 'Expected --users only with synthetic data'],
    [['--train-users', '50', '--report-users', '10'], 'Lower --train-users or --report-users.'],
  ])('refuses %j', async (flags, words) => {
    const { ended, written } = start('simulate-server', '--users', '60', ...flags);
    expect(await ended).toBe(2);
    expect(written.err).toContain(words);
  });
});

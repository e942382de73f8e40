import cliProgress from 'cli-progress';

/** What is written to: standard output or error, or anything like them. */
export interface TextStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how far a phase is. */
export interface Progress {
  begin(label: string, total: number): void;
  advance(done: number, note?: string): void;
  end(): void;
}

/** A bar on a terminal, else one plain line at the start and at every further quarter. Writes to `stream`. */
export function createProgress(stream: TextStream): Progress {
  return stream.isTTY ? createBar(stream as NodeJS.WriteStream) : createLines(stream);
}

function createBar(stream: NodeJS.WriteStream): Progress {
  let bar: cliProgress.SingleBar | undefined;
  return {
    begin(label, total) {
      bar = new cliProgress.SingleBar({
        stream,
        format: '{label} {bar} {value}/{total}{note}',
        barsize: 24,
        barCompleteChar: '█',
        barIncompleteChar: '░',
        hideCursor: true,
        // Without a limit a line longer than the terminal leaves its tail behind at every redraw.
        linewrap: false,
        gracefulExit: false,
        etaBuffer: 50,
      });
      bar.start(total, 0, { label: label.padEnd(18), note: '' });
    },
    advance(done, note = '') {
      bar?.update(done, { note: note === '' ? '' : `  ${note}` });
    },
    end() {
      bar?.stop();
      bar = undefined;
    },
  };
}

function createLines(stream: TextStream): Progress {
  let current = { label: '', total: 0 };
  let quarter = 0;
  return {
    begin(label, total) {
      current = { label, total };
      quarter = 0;
      stream.write(`${label}: 0/${total}\n`);
    },
    advance(done, note = '') {
      const reached = Math.floor((4 * done) / current.total);
      if (reached <= quarter) return;
      quarter = reached;
      stream.write(`${current.label}: ${done}/${current.total}${note === '' ? '' : `  ${note}`}\n`);
    },
    end() {},
  };
}

import { describe, expect, it } from 'vitest';
import { parseCommand, UsageError } from './usage.ts';

const names = ['speed/env', 'quality/parser'];

describe('parseCommand', () => {
  it.each([
    [['speed/env'], { mode: 'full', name: 'speed/env' }],
    [['speed/env', '--full'], { mode: 'full', name: 'speed/env' }],
    [['--quick', 'speed/env'], { mode: 'quick', name: 'speed/env' }],
    [['--check', 'quality/parser'], { mode: 'check', name: 'quality/parser' }],
    [['--check'], { mode: 'check', name: undefined }],
    [['--quick'], { mode: 'quick', name: undefined }],
  ])('reads %j', (argv, command) => {
    expect(parseCommand(argv, names)).toEqual(command);
  });

  it.each([
    [[], 'Expected a bench, received none. Pass one of: speed/env, quality/parser.'],
    [['--full'], 'Expected a bench, received none.'],
    [['speed/nothing'], 'Expected one of the benches speed/env, quality/parser, received speed/nothing.'],
    [['speed/env', 'quality/parser'], 'Expected one bench, received speed/env quality/parser.'],
    [['speed/env', '--fast'], 'Expected --quick, --check or --full, received --fast.'],
    [['speed/env', '--quick', '--check'], 'Expected one of --quick, --check and --full, received --quick --check.'],
  ])('rejects %j in one line', (argv, message) => {
    expect(() => parseCommand(argv, names)).toThrow(UsageError);
    expect(() => parseCommand(argv, names)).toThrow(message);
  });
});

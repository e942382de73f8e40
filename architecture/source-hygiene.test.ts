import { describe, expect, it } from 'vitest';
import { checkSourceHygiene } from './source-hygiene.ts';
import { readTextFiles, renderViolations } from './workspace.ts';

const files = readTextFiles();

it('keeps every file of the repository clean', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(renderViolations(files.flatMap(checkSourceHygiene))).toEqual([]);
});

describe('hygiene check', () => {
  const explain = (path: string, text: string): string[] =>
    checkSourceHygiene({ path, text }).map(({ file, found }) => `${file} ${found}`);

  it('finds ambient randomness everywhere', () => {
    for (const path of ['packages/env/src/a.ts', 'packages/env/src/a.test.ts', 'packages/rppkit/src/cli.ts']) {
      expect(explain(path, 'const a = 1;\nconst b = Math.random();')).toEqual([`${path}:2 Math.random`]);
    }
  });

  it('finds the clock outside rppkit and /node', () => {
    expect(explain('packages/env/src/a.ts', 'Date.now(); new Date();')).toEqual([
      'packages/env/src/a.ts:1 Date.now',
      'packages/env/src/a.ts:1 new Date()',
    ]);
    expect(explain('packages/env/src/node/a.ts', 'Date.now();')).toEqual([]);
    expect(explain('packages/rppkit/src/a.ts', 'new Date();')).toEqual([]);
    expect(explain('packages/env/src/a.ts', 'new Date(0);')).toEqual([]);
  });

  it('reads code, not text: a name in a comment or string is fine', () => {
    expect(explain('packages/env/src/a.ts', "// no Date.now here\nconst a = 'Math.random';")).toEqual([]);
  });

  it('finds marks of unfinished work and paths of a machine', () => {
    const mark = ['TO', 'DO'].join('');
    expect(explain('docs/a.md', `later\n${mark}: more`)).toEqual([`docs/a.md:2 ${mark}`]);
    for (const folder of ['home', 'work', 'root', 'Users']) {
      expect(explain('a.md', `see \`/${folder}/me/x\``)).toEqual([`a.md:1 \`/${folder}/`]);
      expect(explain('a.ts', `import x from 'file:///${folder}/x';`)).toHaveLength(1);
    }
    expect(explain('a.md', 'https://example.org/home/page and ../work/x')).toEqual([]);
  });

  it('finds what an unfinished merge leaves', () => {
    const [ours, theirs] = ['<', '>'].map((sign) => sign.repeat(7));
    expect(explain('a.md', `${ours} HEAD\na\n=======\nb\n${theirs} main`)).toEqual([
      `a.md:1 ${ours}`,
      `a.md:5 ${theirs}`,
    ]);
    expect(explain('a.md', `${ours}HEAD`)).toEqual([]);
  });

  it('finds catch-all names of files and folders', () => {
    expect(explain('packages/env/src/utils/a.ts', '')).toEqual(['packages/env/src/utils/a.ts utils']);
    expect(explain('packages/env/src/helpers.ts', '')).toEqual(['packages/env/src/helpers.ts helpers.ts']);
    expect(explain('packages/env/src/common/a.test.ts', '')).toHaveLength(1);
    expect(explain('packages/env/src/helper-model.ts', '')).toEqual([]);
  });
});

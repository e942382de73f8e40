import ts from 'typescript';
import type { TextFile, Violation } from './workspace.ts';

// Written in two parts so that the files of this folder pass their own check.
const unfinishedMark = new RegExp(
  `\\b(${['TO', 'FIX'].map((start) => `${start}${start === 'TO' ? 'DO' : 'ME'}`).join('|')})\\b`,
);
/** The first and last line of a conflict that a merge left. */
const mergeMark = /^(?:<{7}|>{7}) /;
const machinePath = new RegExp(`(?:^|[\\s'"\`(=:,]|file://)/(?:${['home', 'work', 'root', 'Users'].join('|')})/`);
const catchAllNames = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'types']);

/** Checks one text file of the repository; `path` starts at the repository. */
export function checkSourceHygiene(file: TextFile): Violation[] {
  const violations: Violation[] = [];
  for (const part of file.path.split('/')) {
    if (catchAllNames.has(part.split('.')[0]!)) {
      violations.push({ file: file.path, found: part, rule: 'files and folders are named after what they hold' });
    }
  }
  file.text.split('\n').forEach((line, index) => {
    const place = `${file.path}:${index + 1}`;
    const path = machinePath.exec(line)?.[0];
    if (path !== undefined)
      violations.push({ file: place, found: path.trim(), rule: 'no path of a particular machine' });
    if (mergeMark.test(line)) violations.push({ file: place, found: line.slice(0, 7), rule: 'merges are finished' });
    const mark = unfinishedMark.exec(line)?.[0];
    if (mark !== undefined)
      violations.push({ file: place, found: mark, rule: 'unfinished work is an issue, not a comment' });
  });
  if (/\.tsx?$/.test(file.path)) violations.push(...checkAmbientInputs(file));
  return violations;
}

/** Randomness and time are arguments; only the application and Node entry points may read the clock. */
function checkAmbientInputs(file: TextFile): Violation[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const readsClock = /^packages\/(rppkit\/|[^/]+\/src\/node\/)/.test(file.path);
  const violations: Violation[] = [];
  const visit = (node: ts.Node): void => {
    const found = readAmbientInput(node);
    if (found === 'Math.random' || (found !== undefined && !readsClock)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      const rule =
        found === 'Math.random'
          ? 'randomness is a RandomStream argument'
          : 'time is an argument outside rppkit and /node';
      violations.push({ file: `${file.path}:${line}`, found, rule });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return violations;
}

function readAmbientInput(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const name = `${node.expression.text}.${node.name.text}`;
    if (name === 'Math.random' || name === 'Date.now') return name;
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Date') {
    if ((node.arguments?.length ?? 0) === 0) return 'new Date()';
  }
  return undefined;
}

import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addExperimentFlags } from '../commands/experiment-flags.ts';
import { createConfigSchema } from '../configuration/create-config-schema.ts';
import { type ConfigFieldName, configFields, describeField, findFlag } from './config-fields.ts';

const names = Object.keys(configFields) as ConfigFieldName[];

describe('the fields of a configuration', () => {
  it('are described alike in doc comments', () => {
    const source = readFileSync(new URL('experiment-config.ts', import.meta.url), 'utf8');
    const comments = [...source.matchAll(/\/\*\*\s((?:(?!\*\/)[\s\S])*)\*\/\n +readonly (\w+)\??:/g)];
    expect(comments.length).toBeGreaterThan(35);
    for (const [, comment, leaf] of comments) {
      const known = names.filter((name) => name.split('.').at(-1) === leaf).map(describeField);
      const sentence = comment!.replaceAll(/\n +\* /g, ' ').replaceAll(/^\s+\* |\s+$/g, '');
      expect(known.map((text) => `${text[0]!.toUpperCase()}${text.slice(1)}.`)).toContain(sentence);
    }
  });

  it('are all described in the JSON Schema, which describes no other', () => {
    const described: string[] = [];
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('description' in node && typeof node.description === 'string') described.push(node.description);
      for (const part of Object.values(node)) visit(part);
    };
    visit(createConfigSchema());
    expect(new Set(described)).toEqual(new Set([...names.map(describeField), 'path or address of this schema']));
  });

  it('are set by flags that exist, and all flags set one', () => {
    const { options } = addExperimentFlags(new Command());
    const flags = options.map(({ long }) => long!);
    const others = ['--config', '--no-plus', '--no-quotes', '--no-skip-bad-lines'];
    expect(new Set([...names.flatMap((name) => findFlag(name) ?? []), ...others])).toEqual(new Set(flags));
  });
});

describe('findFlag', () => {
  it('knows attributes of items, whatever they are called', () => {
    expect(findFlag('data.items.columns.release year')).toBe('--items-attributes');
    expect(findFlag('data.items.columns.title')).toBe('--items-title-column');
    expect(findFlag('data.columns')).toBeUndefined();
    expect(findFlag('nothing')).toBeUndefined();
  });
});

import { describeValue } from '@rppkit/spec';
import type { z } from 'zod';

/** What a schema found wrong with a configuration, as the message of a `UsageError`. `nameField` names the field at a path. */
export function describeConfigIssue(
  issue: z.core.$ZodIssue,
  input: unknown,
  nameField: (path: string) => string,
): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => nameField([...issue.path, key].join('.'))).join(', ');
    return `Expected only known fields, received ${names}. Remove or rename it; "rppkit config schema" lists what there is.`;
  }
  const expected = describeExpected(issue);
  if (issue.path.length === 0) return `Expected a configuration to be ${expected}, received ${describeValue(input)}.`;
  const value = readPath(input, issue.path);
  const received = value === undefined ? 'nothing' : describeValue(value);
  return `Expected ${nameField(issue.path.join('.'))} to be ${expected}, received ${received}. Correct it.`;
}

const typeWords: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'an integer',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

const unitWords: Readonly<Record<string, string>> = { array: ' entries', string: ' characters' };

function describeExpected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return listChoices(issue.values);
    case 'invalid_union':
      return 'options' in issue && issue.options !== undefined ? listChoices(issue.options) : issue.message;
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}${unitWords[issue.origin] ?? ''}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}${unitWords[issue.origin] ?? ''}`;
    default:
      return issue.message;
  }
}

function listChoices(values: readonly unknown[]): string {
  const shown = values.map((value) => JSON.stringify(value));
  return shown.length === 1 ? shown[0]! : `one of ${shown.join(', ')}`;
}

function readPath(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key], input);
}

/** What `@rppkit/datasets` advises to those who call it, and the same for those who type a command. */
export const translations: readonly (readonly [string, string])[] = [
  ['Pass the format: ', 'Pass --format: '],
  ['Check the path and the format.', 'Check the path and --format.'],
  ['Pass the folder that holds them, or another format.', 'Pass the folder that holds them, or another --format.'],
  ['Pass the path of one of them, or the format.', 'Pass the path of one of them, or --format.'],
  ['pass the path of the file and its format if', 'pass the path of the file and --format if'],
  [
    'Convert times to seconds; if the column is no time, load it as position and declare order',
    'Convert times to seconds; if the column is no time, name it with --position-column and declare order',
  ],
  [
    'Pass the name of an existing column.',
    'Pass the name of an existing column, as with --user-column or --item-column.',
  ],
  [
    'Pass the delimiter of the file, or the name of an existing column.',
    'Pass --delimiter, or the name of an existing column, as with --user-column or --item-column.',
  ],
  ['Pass the name of the column with titles.', 'Pass --title-column.'],
  ['pass its format; if', 'pass --time-format (for tables); if'],
  ["declare order 'column'", 'pass --order column'],
  ['Declare order "column".', 'Pass --order column.'],
  ['Load a time column', 'Pass --time-column'],
  ['Name the time column.', 'Pass --time-column.'],
  ['Name the column that holds them.', 'Name their column with --value-column if the data are a table.'],
  ['Pass quotes: false where', 'Pass --no-quotes where'],
  ['Pass the encoding, or', 'Pass --encoding latin-1, or'],
  [
    'Read other separated files as CSV with a tab as delimiter.',
    'Pass --format csv --delimiter "\\t" for another file with tabs.',
  ],
  ['raise maxBytes.', 'unpack it yourself and pass what it holds.'],
  ['raise maxRatio.', 'unpack it yourself and pass what it holds.'],
  ["Pass listBlanks: 'underscore'.", 'Pass --list-blanks underscore.'],
  ['Ask for fewer users or a shorter history.', 'Pass smaller --train-users and --report-users, or --relevant.'],
  ['Ask for fewer users.', 'Pass smaller --train-users and --report-users.'],
  ['Ask for fewer interactions.', 'Pass a smaller --k-core.'],
  ['Ask for fewer candidates or add another source.', 'Pass a smaller --candidates or another --source.'],
  ['Ask for fewer candidates.', 'Pass a smaller --candidates.'],
  ['Ask for users of the candidate file.', 'Pass another --source.'],
  ['Choose users with splitUsers, or ask for fewer relevant items.', 'Pass a smaller --relevant.'],
  [
    'Split the users with splitUsers before tasks are made.',
    'Make the tasks with rppkit data tasks, which splits them.',
  ],
  [
    "Reward with target 'validation' and report with target 'test', on users of their own.",
    'Make the tasks with rppkit data tasks, which rewards with the second last item of a user and reports on the last of others.',
  ],
  ['or leave out the path to have it downloaded.', 'or leave out --from.'],
  ['and give its path.', 'and pass it with --from.'],
];

/** Options whose flag is named as they are. */
const argument =
  /^Expected (format|order|timeFormat|encoding|delimiter|header|catalogue|candidates|relevant|repeats|exclude|effect) to be /;

/** A message of `@rppkit/datasets` with flags in place of the options that its callers pass. */
export function explainInFlags(message: string): string {
  const named = message.replace(argument, (_, name: string) => `Expected ${renderFlag(name)} to be `);
  return translations.reduce((text, [from, to]) => text.replaceAll(from, () => to), named);
}

/** `timeFormat` → `--time-format`. */
function renderFlag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

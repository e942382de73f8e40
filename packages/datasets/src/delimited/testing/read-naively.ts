import type { FieldSyntax } from '../field-syntax.ts';
import type { ReadRecord } from './read-all.ts';

/** Records and bad lines (line, what was received) of a text, cut character by character with strings. */
export function readNaively(text: string, syntax: FieldSyntax): [records: ReadRecord[], bad: [number, string][]] {
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  const records: ReadRecord[] = [];
  const bad: [number, string][] = [];
  let columns = syntax.columns;
  let line = 1;
  for (let at = 0; at < whole.length; ) {
    const { fields, end, fault } = cutRecord(whole, at, syntax);
    const next = fault === undefined ? end : whole.indexOf('\n', at) + 1;
    const isEmpty = /^\r?\n$/.test(whole.slice(at, end));
    if (fault !== undefined) bad.push([line, fault]);
    else if (!isEmpty) {
      columns ??= fields.length;
      if (fields.length === columns) records.push({ line, fields });
      else bad.push([line, `${fields.length}`]);
    }
    line += whole.slice(at, next).split('\n').length - 1;
    at = next;
  }
  return [records, bad];
}

function cutRecord(
  text: string,
  start: number,
  { delimiter, quotes }: FieldSyntax,
): { fields: string[]; end: number; fault?: string } {
  const fields: string[] = [];
  for (let at = start; ; at += delimiter.length) {
    const quoted = quotes && text[at] === '"';
    let field = '';
    if (quoted) {
      for (at++; at < text.length && (text[at] !== '"' || text[at + 1] === '"'); at++) {
        if (text[at] === '"') at++;
        field += text[at];
      }
      if (at === text.length) return { fields, end: at, fault: 'the end of the file' };
      at++;
      if (text.startsWith('\r\n', at)) at++;
      if (text[at] !== '\n' && !text.startsWith(delimiter, at)) {
        return { fields, end: at, fault: 'text after a closing quote' };
      }
    } else {
      for (; text[at] !== '\n' && !text.startsWith(delimiter, at); at++) {
        if (quotes && text[at] === '"') return { fields, end: at, fault: 'a quote inside a field without quotes' };
        field += text[at];
      }
      if (text[at] === '\n') field = field.replace(/\r$/, '');
    }
    fields.push(field.replace(/^ +| +$/g, ''));
    if (text[at] === '\n') return { fields, end: at + 1 };
  }
}

import { type DenialWords, signs, type Topic } from './denial-words.ts';

/** Everything that denials are sorted by. */
export const topics: readonly Topic[] = ['fame', 'explanation', 'steps', 'extra', 'reading'];

/** A run of denials that belong together: two of them make none. */
interface Group {
  odd: boolean;
  /** Whether further denials make no difference. */
  settled: boolean;
  opened: boolean;
  /** Where the last of them stands in its segment. */
  at: number;
}

/** What stands between two joints of a clause. */
export interface Segment {
  text: string;
  readonly joint: string;
  readonly groups: Group[];
  exclusive: boolean;
  starts: boolean;
  covered: boolean;
}

const token = /[\ue000-\ue009]|\p{sc=Han}|[^\s\p{sc=Han}\ue000-\ue009]+/gu;

/** The segments of a clause whose words were exchanged for signs; denials no more than `reach` words apart make a group. */
export function readSegments(clause: string, reach: number): Segment[] {
  const segments: Segment[] = [];
  let segment = createSegment('');
  let [sinceDenial, sinceGroup] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [text] of clause.matchAll(token)) {
    if (text === signs.but || text === signs.and || text === signs.or) {
      if (segment.text !== '') segments.push(segment);
      segment = createSegment(text);
      [sinceDenial, sinceGroup] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      continue;
    }
    const at = segment.text.length;
    const last = segment.groups.at(-1);
    segment.text += isHan(text) ? text : ` ${text} `;
    sinceDenial++;
    sinceGroup++;
    if (text === signs.not || text === signs.avoid) {
      if (last !== undefined && sinceGroup <= reach) {
        if (!last.settled) last.odd = !last.odd;
        last.at = at;
      } else segment.groups.push({ odd: true, settled: false, opened: false, at });
      [sinceDenial, sinceGroup] = [0, 0];
    } else if (text === signs.either) {
      segment.groups.push({ odd: true, settled: true, opened: false, at });
      sinceGroup = 0;
    } else if (text === signs.lapse) {
      if (last !== undefined && sinceGroup <= reach && last.odd && !last.settled) {
        last.odd = false;
        sinceGroup = 0;
      }
    } else if (text === signs.exclusive) {
      if (last?.odd === true && sinceDenial <= reach) last.opened = true;
      else segment.exclusive = true;
    } else if (text === signs.only) {
      if (last?.odd === true && sinceDenial <= reach) last.opened = true;
    } else if (text === signs.start) segment.starts ||= segment.groups.length === 0;
  }
  if (segment.text !== '') segments.push(segment);
  return segments;
}

function createSegment(joint: string): Segment {
  return { text: '', joint, groups: [], exclusive: false, starts: false, covered: false };
}

/** Marks the segments of a clause that its own denials speak of. */
export function cover(segments: readonly Segment[], { mentions }: DenialWords): void {
  for (const segment of segments)
    segment.covered = segment.groups.some(({ odd, opened }) => odd && !opened) || segment.exclusive;
  for (let at = 1; at < segments.length; at++) {
    const { joint, groups, starts } = segments[at]!;
    const before = segments[at - 1]!;
    if (groups.length > 0 || !before.covered || joint === signs.but) continue;
    if (joint === signs.or || !starts) segments[at]!.covered = true;
  }
  for (let at = segments.length - 2; at >= 0; at--) {
    const { groups, starts } = segments[at]!;
    const after = segments[at + 1]!;
    if (groups.length > 0 || starts || after.joint === signs.but) continue;
    // "Comments and other words are not wanted": the denial stands behind what it is about.
    const denial = after.groups[0];
    const tells = topics.some((topic) => mentions[topic].test(after.text));
    if (denial?.odd === true && (!tells || after.text.slice(0, denial.at).trim().length > 3))
      segments[at]!.covered = true;
  }
}

/** A short clause without a verb goes on with the list of the clause in front of it. */
export function inherit(
  segments: readonly Segment[],
  before: readonly Segment[] | undefined,
  { tail }: DenialWords,
): void {
  if (before?.at(-1)?.covered !== true || !segments.every(isPlain)) return;
  if (countTokens(segments) > tail || segments.some(({ starts, joint }) => starts || joint === signs.but)) return;
  for (const segment of segments) segment.covered = true;
}

/** How many words and signs there are. */
export function countTokens(segments: readonly Segment[]): number {
  return segments.reduce((sum, { text }) => sum + (text.match(token)?.length ?? 0), 0);
}

/** Whether a segment denies nothing itself. */
export function isPlain({ groups, exclusive }: Segment): boolean {
  return groups.length === 0 && !exclusive;
}

function isHan(text: string): boolean {
  return /^\p{sc=Han}$/u.test(text);
}

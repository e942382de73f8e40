/** What is known of bytes that are no text, for errors. */
export interface BinaryDescription {
  readonly received: string;
  readonly advice: string;
}

const inflate = 'Inflate it first, as openDataFile of @rppkit/datasets/node does.';

/** First bytes of files that are taken for text by mistake. */
const kinds: readonly (BinaryDescription & { readonly start: readonly number[] })[] = [
  { start: [0x1f, 0x8b], received: 'a gzip file', advice: inflate },
  { start: [0x50, 0x4b, 0x03, 0x04], received: 'a zip archive', advice: inflate },
  { start: [0xff, 0xfe], received: 'text in UTF-16', advice: 'Convert the file to UTF-8.' },
  { start: [0xfe, 0xff], received: 'text in UTF-16', advice: 'Convert the file to UTF-8.' },
];

/**
 * Says what bytes are that are no text; undefined where they may be text in some encoding. `isStart` tells that a file
 * starts with them.
 */
export function describeBinary(bytes: Uint8Array, isStart: boolean): BinaryDescription | undefined {
  const kind = kinds.find(({ start }) => isStart && start.every((byte, at) => bytes[at] === byte));
  if (kind !== undefined || !bytes.includes(0)) return kind;
  return { received: 'a byte 0, as binary files have', advice: 'Check that the file is what its name says.' };
}

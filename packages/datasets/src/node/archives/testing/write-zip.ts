import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip archive written by hand, so that its headers can lie. */
export interface ZipEntry {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** 0 for stored, 8 (default) for deflated. */
  readonly method?: number;
  /** General purpose bits; default UTF-8 names. */
  readonly flags?: number;
  /** Host system and version; default Unix. */
  readonly madeBy?: number;
  /** File type and permissions; default a regular file. */
  readonly mode?: number;
  /** What the headers state instead of the truth. */
  readonly size?: number;
  readonly packedSize?: number;
  readonly sum?: number;
  readonly offset?: number;
  readonly extra?: Uint8Array;
}

/** The bytes of a zip archive, for tests. Layout of APPNOTE.TXT 6.3: local headers with data, directory, end record. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Uint8Array[] = [];
  let position = 0;
  for (const { name, content, method = 8, flags = 0x800, madeBy = 0x031e, mode = 0o100644, ...lies } of entries) {
    const bytes = Buffer.from(content as Uint8Array);
    const data = method === 8 ? deflateRawSync(bytes) : bytes;
    const nameBytes = Buffer.from(name);
    const extra = lies.extra ?? new Uint8Array(0);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(lies.sum ?? crc32(bytes), 10);
    shared.writeUInt32LE(lies.packedSize ?? data.length, 14);
    shared.writeUInt32LE(lies.size ?? bytes.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    const file = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, nameBytes, data]);
    const header = Buffer.alloc(46);
    header.write('PK\x01\x02', 'latin1');
    header.writeUInt16LE(madeBy, 4);
    shared.copy(header, 6);
    header.writeUInt16LE(extra.length, 30);
    header.writeUInt32LE((mode << 16) >>> 0, 38);
    header.writeUInt32LE(lies.offset ?? position, 42);
    files.push(file);
    directory.push(header, nameBytes, extra);
    position += file.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(position, 16);
  return Buffer.concat([...files, ...directory, end]);
}

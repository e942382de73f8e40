/** What a zip archive's directory says about one file or folder in it. Sizes are claims until the bytes are read. */
export interface ArchiveEntry {
  /** Path in the archive, as written there. Folders end in `/`. */
  readonly name: string;
  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly crc32: number;
  /** 0 for stored, 8 for deflated. */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** File type and permissions as Unix has them, 0 where the archive does not say. */
  readonly unixMode: number;
  /** Where the entry's header starts in the archive. */
  readonly offset: number;
}

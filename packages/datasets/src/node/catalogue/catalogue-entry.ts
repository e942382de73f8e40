/** A published data set: where it is, how its file is recognised, and under what terms it may be used. */
export interface CatalogueEntry {
  /** Short name, such as `ml-100k`. */
  readonly name: string;
  readonly title: string;
  /** Name of the file once it is downloaded. */
  readonly file: string;
  /** `http` or `https`. */
  readonly url: string;
  /** Further addresses of the same bytes, tried in this order. */
  readonly mirrors: readonly string[];
  /** Size of the file, or `undefined` where no public record states it; the checksum decides in either case. */
  readonly bytes: number | undefined;
  /** SHA-256 of the file, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** What the file holds, and what to know before using it. */
  readonly format: string;
  /** What the licence asks, in our words, and where its text stands. */
  readonly licence: string;
  /** Whether commercial use is allowed: no, only with permission, or not stated by the publisher. */
  readonly commercialUse: 'no' | 'with permission' | 'not stated';
  /** What to cite in publications. */
  readonly citation: string;
  readonly homepage: string;
}

/** The two ways to write Chinese. */
export interface WrittenChinese {
  /** Characters that only traditional writing has. */
  readonly traditional: ReadonlySet<string>;
  /** Characters that only simplified writing has. */
  readonly simplified: ReadonlySet<string>;
}

let known: WrittenChinese | undefined;

/**
 * The common characters that only one of the two ways has, read off two character sets from before Unicode: Big5, made for
 * traditional writing (its first level, the 5,401 common characters), and GB 2312, made for simplified writing (its first
 * level, 3,755). What one has and the other lacks belongs to one way only.
 */
export function readWrittenChinese(): WrittenChinese {
  if (known === undefined) {
    const trails = [...range(0x40, 0x7e), ...range(0xa1, 0xfe)];
    const common = decode('big5', range(0xa4, 0xc6), trails);
    const big5 = new Set([...common, ...decode('big5', range(0xc9, 0xf9), trails)]);
    const commonSimplified = decode('gbk', range(0xb0, 0xd7), range(0xa1, 0xfe));
    const gb2312 = new Set([...commonSimplified, ...decode('gbk', range(0xd8, 0xf7), range(0xa1, 0xfe))]);
    known = {
      traditional: new Set(common.filter((character) => !gb2312.has(character))),
      // 着 is traditional writing in Hong Kong.
      simplified: new Set(commonSimplified.filter((character) => !big5.has(character) && character !== '着')),
    };
  }
  return known;
}

const han = /^\p{sc=Han}$/u;

function decode(label: 'big5' | 'gbk', leads: readonly number[], trails: readonly number[]): readonly string[] {
  const bytes = leads.flatMap((lead) => trails.flatMap((trail) => [lead, trail]));
  return [...new TextDecoder(label).decode(new Uint8Array(bytes))].filter((character) => han.test(character));
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

import type { Encoder, EncoderContext, EncoderState } from '../encoder.ts';
import { describeConformance } from './conformance-check.ts';
import { encoderChecks } from './encoder-checks.ts';
import { exampleEncoderContexts } from './example-encoder-contexts.ts';

/** The encoder under test. */
export interface EncoderConformanceOptions {
  /** Shown in the test report. */
  readonly name: string;
  /** A fresh encoder, fitted alike every time, that has seen no context yet. */
  readonly create: () => Promise<{ readonly encoder: Encoder; close?(): Promise<void> | void }>;
  /**
   * What the tests encode, at least two. Default: six contexts of three tasks and one, two or three rounds, with answers of
   * every status and the choice `[0, 0, 0, 0]`; pass your own where the encoder reads choices of another length.
   */
  readonly contexts?: readonly EncoderContext[];
  /** Restores an encoder from the JSON form of its state; absent: only the state itself is tested. */
  readonly restore?: (state: EncoderState) => Promise<Encoder> | Encoder;
}

/**
 * Declares the conformance tests of `Encoder` for one implementation: name and shape; finite floats everywhere; equal
 * contexts give equal bytes, whatever is encoded or prepared beside them; new users; the state survives JSON. `prepare` is
 * called before every test that encodes. Whether the floats mean what they should is for tests of its own.
 */
export function describeEncoder({
  name,
  create,
  contexts = exampleEncoderContexts,
  restore,
}: EncoderConformanceOptions): void {
  describeConformance(`Encoder: ${name}`, encoderChecks, async () => {
    const closers: (() => Promise<void> | void)[] = [];
    const open = async (): Promise<Encoder> => {
      const created = await create();
      closers.push(() => created.close?.());
      return created.encoder;
    };
    return {
      subject: {
        encoder: await open(),
        createTwin: open,
        contexts,
        ...(restore === undefined ? {} : { restore }),
      },
      close: async () => {
        for (const close of closers) await close();
      },
    };
  });
}

import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { createMemoryFile } from '../files/data-file.ts';
import { readInteractionParquet } from './parquet.ts';

it('reads compressed pages', async () => {
  const columnData = [
    { name: 'user', data: ['u', 'v', 'u'] },
    { name: 'item', data: ['a', 'a', 'b'] },
  ];
  const compressors = { GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)) };
  const read = async (bytes: ArrayBuffer) => {
    const columns = { user: 'user', item: 'item' };
    return (await readInteractionParquet(createMemoryFile('x.parquet', new Uint8Array(bytes)), { columns })).log;
  };
  const log = await read(parquetWriteBuffer({ columnData, codec: 'GZIP', compressors }));
  expect(log).toEqual(await read(parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED' })));
  expect(log.users).toEqual(['u', 'v']);
});

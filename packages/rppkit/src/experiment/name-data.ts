import type { DataConfig } from './experiment-config.ts';

/** What run folders are called where no name is given. */
export function nameData(data: DataConfig): string {
  return data.kind === 'synthetic' ? `synthetic-${data.preset}` : (data.format ?? 'files');
}

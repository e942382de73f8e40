import type { Manifest, TextFile, WorkspacePackage } from './workspace.ts';

/** A package in memory, for tests that show that a check can fail. Named like a real one, so that its row applies. */
export function createExamplePackage(
  name: string,
  files: Readonly<Record<string, string>>,
  options: { readonly manifest?: Partial<Manifest>; readonly readme?: string } = {},
): WorkspacePackage {
  return {
    folder: `packages/${name.replace('@rppkit/', '')}`,
    manifest: { name, ...options.manifest },
    files: Object.entries(files).map(([path, text]): TextFile => ({ path, text })),
    readme: options.readme,
  };
}

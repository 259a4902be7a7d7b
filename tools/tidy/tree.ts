/** The files to be checked, by their paths from the top of the repository. */
export interface Tree {
  readonly paths: readonly string[];
  read(path: string): string;
}

export interface Finding {
  readonly path: string;
  readonly line?: number;
  /** What is wrong and what to do, as a sentence. */
  readonly says: string;
}

export type Check = (tree: Tree) => Finding[];

/** Everything people write and read; pictures, fonts and archives are left alone. */
export function isText(path: string): boolean {
  return !/\.(png|jpe?g|gif|ico|webp|avif|woff2?|ttf|otf|pdf|zip|gz|xlsx|wasm|bin)$/.test(path);
}

/** Written by hand, as code. */
export function isCode(path: string): boolean {
  return /\.(ts|tsx|mjs|cjs|js|css|sql)$/.test(path) && !isGiven(path);
}

/** Printed by a generator, or brought from elsewhere as it was. */
export function isGiven(path: string): boolean {
  return /(^|\/)(generated|testdata|cases)\//.test(path) || path === 'package-lock.json' || path === 'docs/reference/openapi.json';
}

/** Where the forbidden must be spelled out in order to be found. */
export function isAboutItself(path: string): boolean {
  return path.startsWith('tools/tidy') || path === 'tools/lint.test.ts';
}

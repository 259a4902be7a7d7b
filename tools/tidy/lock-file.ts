import { allowsNode } from './allows-node.ts';
import type { Check, Finding } from './tree.ts';

interface Locked {
  readonly version?: string;
  readonly engines?: { readonly node?: string } | readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
}

/** The oldest Node the product runs on. */
const oldestNode = [20, 19, 0] as const;

/** What is installed runs on the oldest Node, and on every platform: compiled parts come as one optional package per platform. */
export const checkLockFile: Check = (tree) => {
  const path = 'package-lock.json';
  if (!tree.paths.includes(path)) return [];
  const { packages } = JSON.parse(tree.read(path)) as { readonly packages: Readonly<Record<string, Locked>> };
  const names = new Set(Object.keys(packages).map((place) => place.replace(/^.*node_modules\//, '')));
  return Object.entries(packages).flatMap(([place, locked]): Finding[] => {
    const node = Array.isArray(locked.engines) ? undefined : (locked.engines as { readonly node?: string } | undefined)?.node;
    const missing = Object.keys(locked.optionalDependencies ?? {}).filter((name) => !names.has(name));
    return [
      ...(node === undefined || allowsNode(node, oldestNode) ? [] : [{ path, says: `${place} needs Node ${node}, and we promise 20.19.` }]),
      ...(missing.length === 0
        ? []
        : [
            {
              path,
              says: `${place} ${locked.version ?? ''} lacks ${missing.join(', ')}: choose a version whose parts for every platform exist.`,
            },
          ]),
    ];
  });
};

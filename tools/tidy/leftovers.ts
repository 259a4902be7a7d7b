import { isAboutItself, isCode, isGiven, isText } from './tree.ts';
import type { Check, Finding, Tree } from './tree.ts';

interface Leftover {
  readonly pattern: RegExp;
  readonly where: (path: string) => boolean;
  readonly says: string;
}

const everywhere = (path: string): boolean => isText(path) && !isGiven(path);
const isTest = (path: string): boolean => /(\.test\.tsx?|-suite\.ts)$/.test(path) || path.startsWith('e2e/');

const leftovers: readonly Leftover[] = [
  { pattern: /\b(TODO|FIXME|HACK)\b/, where: everywhere, says: 'is a reminder: do it, or open an issue.' },
  {
    // Only after //: what stands indented in a block comment is a worked example.
    pattern:
      /^\s*\/\/\s*(import .* from |(export )?(const|let|function|class) \w+.*[={(]|(return|await|throw)\b.*;$|if \(.*\) ?[{].*|[\w.]+\(.*\);$|\}\)?;?$)/,
    where: (path) => /\.(tsx?|mjs|js|cjs)$/.test(path) && isCode(path),
    says: 'is commented-out code: Git remembers it.',
  },
  {
    pattern: /eslint-disable(?!.* -- \S)/,
    where: (path) => /\.(tsx?|mjs|js|cjs)$/.test(path),
    says: 'switches a rule off without saying why ("-- reason").',
  },
  { pattern: /@ts-(ignore|nocheck)\b/, where: isCode, says: 'silences the compiler.' },
  {
    pattern: /(^|[\s"'`(=:])\/(work|root|home\/\w+|Users\/\w+)\//,
    where: (path) => everywhere(path) && !isTest(path),
    says: "names a folder of somebody's machine.",
  },
  {
    pattern: /https?:\/\/(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/,
    where: (path) => everywhere(path) && !isTest(path),
    says: 'is an address of a private network.',
  },
  {
    pattern: /"resolved": "(?!(packages|apps)\/|e2e"|bench")|registry=|\bnpm_config_registry\b/,
    where: (path) => /(^|\/)(package-lock\.json|\.npmrc|Dockerfile|\.ci\/run)$/.test(path) || path.endsWith('.yml'),
    says: 'binds the installation to one registry.',
  },
  {
    pattern: /\b(claude|anthropic|openai|chatgpt|copilot|large language model)\b/i,
    where: everywhere,
    says: 'is about how something was written, not about what it is.',
  },
];

export const checkLeftovers: Check = (tree) =>
  tree.paths
    .filter((path) => !isAboutItself(path))
    .flatMap((path) => leftovers.filter(({ where }) => where(path)).flatMap((kind) => find(tree, path, kind)));

function find(tree: Tree, path: string, { pattern, says }: Leftover): Finding[] {
  return tree
    .read(path)
    .split('\n')
    .flatMap((text, position) => (pattern.test(text) ? [{ path, line: position + 1, says: `"${excerpt(text)}" ${says}` }] : []));
}

function excerpt(text: string): string {
  const words = text.trim();
  return words.length > 80 ? `${words.slice(0, 77)}...` : words;
}

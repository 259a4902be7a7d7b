import { isAboutItself, isCode } from './tree.ts';
import type { Check, Finding, Tree } from './tree.ts';

/** Words that say nothing about the thing: whatever is called so has not been understood yet. */
const never = new Set(['util', 'utils', 'helper', 'helpers', 'misc', 'manager', 'processor', 'impl']);
/** Words that say something only beside another, as in "market data" or "common passwords". */
const notAlone = new Set(['data', 'info', 'base', 'common']);

const homes = /^(packages|apps|e2e|bench|tools)\//;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const exported = /^export (?:abstract |async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm;

export const checkNames: Check = (tree) => {
  const paths = tree.paths.filter((path) => homes.test(path) && isCode(path));
  return [...paths.flatMap(checkPath), ...paths.flatMap((path) => checkExports(path, tree))];
};

function checkPath(path: string): Finding[] {
  const parts = path.split('/');
  const [file = '', ...folders] = parts.reverse();
  // What follows the first dot says what kind of file it is: .test.ts, .config.js.
  const names = [file.replace(/\..*$/, ''), ...folders];
  return names.flatMap((name) => {
    if (!kebab.test(name)) return { path, says: `"${name}" is not in kebab-case.` };
    const word = bannedWord(name.split('-'));
    return word === undefined ? [] : { path, says: `"${word}" says nothing: name the file for what it holds.` };
  });
}

function checkExports(path: string, tree: Tree): Finding[] {
  if (!/\.tsx?$/.test(path) || isAboutItself(path)) return [];
  return [...tree.read(path).matchAll(exported)].flatMap(([, name = '']) => {
    const words = name
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[ _]/);
    const word = bannedWord(words);
    return word === undefined ? [] : { path, says: `"${word}" in "${name}" says nothing: name it for what it is.` };
  });
}

function bannedWord(words: readonly string[]): string | undefined {
  return words.find((word) => never.has(word)) ?? (words.length === 1 ? words.find((word) => notAlone.has(word)) : undefined);
}

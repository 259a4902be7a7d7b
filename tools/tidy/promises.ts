import type { Check, Finding, Tree } from './tree.ts';

const promising = /\.(md|yml|yaml|toml)$|(^|\/)(Dockerfile|Procfile|\.ci\/run)$|(^|\/)(app|railway)\.json$/;
const mentioned = /\bnpm (?:-\S+ )*(?:run (?:-\S+ )*([a-z][\w:-]*)|(start|test)\b)(?:[^\n`]*? -w[ =]([\w@/-]+))?/g;

/** Every npm command a document, or a machine's instructions, names is in package.json: of the workspace it names, or of the house. */
export const checkCommands: Check = (tree) => tree.paths.filter((path) => promising.test(path)).flatMap((path) => commandsOf(tree, path));

function commandsOf(tree: Tree, path: string): Finding[] {
  return tree
    .read(path)
    .split('\n')
    .flatMap((text, position) =>
      [...text.matchAll(mentioned)].flatMap(([, ran, short, workspace]) => {
        const name = ran ?? short ?? '';
        const home = workspace === undefined ? 'package.json' : `${workspace}/package.json`;
        if (scriptsOf(tree, home).has(name)) return [];
        return [{ path, line: position + 1, says: `names the command "${name}", which ${home} does not have.` }];
      }),
    );
}

function scriptsOf(tree: Tree, path: string): ReadonlySet<string> {
  if (!tree.paths.includes(path)) return new Set();
  const { scripts = {} } = JSON.parse(tree.read(path)) as { readonly scripts?: Readonly<Record<string, string>> };
  return new Set(Object.keys(scripts));
}

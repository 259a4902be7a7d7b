import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { repository } from './environment.mjs';

/**
 * Runs a program with our input and output; answers its exit code, or 128 plus the signal that ended it, as shells do.
 * A quiet one is only heard when it fails.
 */
export async function run(program, words, { environment = {}, cwd = repository, shell = false, quiet = false } = {}) {
  const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const child = spawn(program, words, { cwd, stdio, shell, env: { ...process.env, ...environment } });
  const unpass = passSignals([child]);
  const said = [];
  child.stdout?.on('data', (part) => said.push(part));
  child.stderr?.on('data', (part) => said.push(part));
  try {
    const code = await ended(child);
    if (code !== 0) process.stderr.write(Buffer.concat(said));
    return code;
  } finally {
    unpass();
  }
}

/** Runs a JavaScript program of ours or of a package, by its path in the repository. */
export function runNode(words, options) {
  return run(process.execPath, words, options);
}

/** Runs a TypeScript file, with the workspaces read as source. */
export function runSource(file, words, options) {
  return runNode(['--conditions=source', '--import', 'tsx', join(repository, file), ...words], options);
}

/** Runs npm: the one that started us, or else the one on the path. */
export function runNpm(words, options) {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js') === true) return runNode([own, ...words], options);
  // On Windows npm is a batch file, which only a shell can run.
  return run('npm', words, { ...options, shell: process.platform === 'win32' });
}

export function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/**
 * Hands signals to children, and keeps this process alive until they have ended. At a terminal Ctrl-C reaches them anyway, and a second
 * one would read as impatience, so it is only handed on where there is no terminal.
 */
export function passSignals(children) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const pass = () => {
      if (signal === 'SIGINT' && process.stdin.isTTY === true) return;
      for (const child of children) child.kill(signal);
    };
    process.on(signal, pass);
    return [signal, pass];
  });
  return () => handlers.forEach(([signal, pass]) => process.off(signal, pass));
}

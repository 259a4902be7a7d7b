import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSecret } from './secret-rules.ts';

/**
 * The secret of an installation that was given none: made once, kept in the folder for its owner only, so that
 * sign-ins survive a restart. Of two processes that start together both get the same one.
 */
export function developmentSecret(folder: string): string {
  const file = join(folder, 'secret');
  const kept = readSecret(file);
  if (kept !== null) return kept;
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${String(process.pid)}`;
  writeFileSync(draft, `${makeSecret()}\n`, { mode: 0o600 });
  try {
    // A link appears whole or not at all and never replaces another process's secret.
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const secret = readSecret(file);
  if (secret === null) throw new Error(`${file} holds no secret. Delete it and start again; everyone will have to sign in anew.`);
  return secret;
}

function readSecret(file: string): string | null {
  try {
    const secret = readFileSync(file, 'utf8').trim();
    return secret.length >= 32 ? secret : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout: everything is found from here, whatever folder a command is started in. Said so that an old Node gets as far as being told. */
export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const oldest = [20, 19];

export function nodeIsTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}

/** Whether a module is what was started, and not imported by another. */
export function isDirectRun(moduleUrl) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(moduleUrl));
}

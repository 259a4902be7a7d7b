import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './place.ts';

/** The folder of PostgreSQL's socket, closed to everybody but the user that runs it (and root). */
export interface SocketFolder {
  readonly path: string;
  remove(): void;
}

/** The kernel keeps a socket's path in 104 bytes (macOS) or 108 (Linux), with the file's own name and an ending zero. */
const longestFolder = 104 - '/.s.PGSQL.5432.lock'.length - 1;

export function prepareSocketFolder(place: Place): SocketFolder {
  const near = join(place.root, 'socket');
  if (Buffer.byteLength(near) <= longestFolder) {
    // What a killed PostgreSQL left there would be taken for a running one as long as anything has its process number.
    rmSync(near, { recursive: true, force: true });
    mkdirSync(near, { mode: 0o700 });
    return folder(near, place);
  }
  // A random name, since anybody could have made a known one before us in the shared folder.
  return folder(mkdtempSync(join(tmpdir(), 'holdfast-')), place);
}

function folder(path: string, { user }: Place): SocketFolder {
  chmodSync(path, 0o700);
  if (user !== undefined) chownSync(path, user.uid, user.gid);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

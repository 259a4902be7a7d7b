import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { assertFileName, FileMissing, isFileName } from './file-storage.ts';
import type { FileStorage, StoredFile } from './file-storage.ts';

const PART = '.part';

/** Files in 256 folders, so that no folder grows long. Only the user of the server may read them. */
export function openDiskStorage(folder: string): FileStorage {
  const pathOf = (name: string): string => {
    assertFileName(name);
    return join(folder, name.slice(0, 2), name);
  };
  return {
    kind: 'disk',
    async write(name, bytes) {
      const path = pathOf(name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        // Synchronised before it is renamed: a file under its own name is whole, whatever happens.
        await pipeline(bytes, createWriteStream(path + PART, { mode: 0o600, flags: 'wx', flush: true }));
        await rename(path + PART, path);
      } catch (error) {
        await rm(path + PART, { force: true });
        throw error;
      }
      await synchronise(dirname(path));
      await synchronise(folder);
    },
    async read(name, { from, to }) {
      const path = pathOf(name);
      if ((await sizeOf(path)) === null) throw new FileMissing(name);
      return createReadStream(path, { start: from, end: to });
    },
    size: (name) => sizeOf(pathOf(name)),
    async remove(name) {
      const path = pathOf(name);
      await rm(path, { force: true });
      await rm(path + PART, { force: true });
    },
    list: () => listFolder(folder),
    close: () => undefined,
  };
}

async function* listFolder(folder: string): AsyncIterable<StoredFile> {
  for (const { name: shelf } of await entriesOf(folder)) {
    if (!/^[0-9a-f]{2}$/.test(shelf)) continue;
    for (const entry of await entriesOf(join(folder, shelf))) {
      const name = entry.name.endsWith(PART) ? entry.name.slice(0, -PART.length) : entry.name;
      const found = isFileName(name) ? await stat(join(folder, shelf, entry.name)).catch(nothingThere) : null;
      if (found !== null) yield { name, at: found.mtimeMs };
    }
  }
}

async function entriesOf(folder: string): Promise<readonly { readonly name: string }[]> {
  const entries = [];
  const opened = await opendir(folder).catch(nothingThere);
  if (opened !== null) for await (const entry of opened) entries.push(entry);
  return entries;
}

async function sizeOf(path: string): Promise<number | null> {
  return (await stat(path).catch(nothingThere))?.size ?? null;
}

function nothingThere(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

/** A rename is durable once its folder is; not every file system lets a folder be synchronised. */
async function synchronise(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  if (handle === null) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

/** Says that this process is at work on an import, for as long as the process lives: how another tells a slow import from a dead one. */
import { openLoadClient } from './load-client-store.ts';
import type { DatabaseAddress } from './load-client-store.ts';

export interface ImportLeases {
  /** False when another process has it. */
  take(importKey: number): Promise<boolean>;
  release(importKey: number): Promise<void>;
  close(): Promise<void>;
}

const LEASE_CLASS = 7_291_445;

/** Session locks on a connection of their own: PostgreSQL lets go of them when the process is gone, however it went. */
export async function openImportLeases(address: DatabaseAddress): Promise<ImportLeases> {
  const client = await openLoadClient(address);
  let last: Promise<unknown> = Promise.resolve();
  // Imports come and end independently of each other, and a connection takes one statement at a time.
  const ask = (statement: string, importKey: number): Promise<readonly { readonly held: boolean }[]> => {
    const answer = last.then(() => client.query<{ held: boolean }>(statement, [LEASE_CLASS, importKey]));
    last = answer.catch(() => undefined);
    return answer;
  };
  return {
    take: async (importKey) => (await ask('select pg_try_advisory_lock($1, $2) as held', importKey))[0]?.held === true,
    release: async (importKey) => void (await ask('select pg_advisory_unlock($1, $2) as held', importKey)),
    close: () => client.close(),
  };
}

/**
 * Files that a job made, kept in the database in chunks, so that every server can send what another one made. Each kind has a table of its
 * own, whose rows go with what the file belongs to: (owner's id, number from 1 on, bytes).
 */
import { createReadStream } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from './pool.ts';
import type { Tx } from './transact.ts';

export interface ChunkedFiles {
  /** Stores the file at the path, in the transaction of the row that says it is there. */
  keep(tx: Tx, id: string, path: string): Promise<void>;
  /** The bytes in their order, a chunk in memory at a time; none when it was removed. */
  read(db: Db, id: string): AsyncIterable<Buffer>;
}

const CHUNK_BYTES = 262_144;

/** `table` has the columns `owner`, number and bytes. */
export function chunkedFiles({ table, owner }: { readonly table: string; readonly owner: string }): ChunkedFiles {
  return {
    keep: async (tx, id, path) => {
      let number = 0;
      for await (const bytes of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
        number += 1;
        await sql`insert into ${sql.table(table)} (${sql.ref(owner)}, number, bytes) values (${id}, ${number}, ${bytes})`.execute(tx);
      }
    },
    read: async function* (db, id) {
      for (let number = 1; ; number += 1) {
        const { rows } = await sql<{ bytes: Buffer }>`
          select bytes from ${sql.table(table)} where ${sql.ref(owner)} = ${id} and number = ${number}`.execute(db);
        const [row] = rows;
        if (row === undefined) return;
        yield row.bytes;
      }
    },
  };
}

import type pg from 'pg';
import type { BackupTable } from './backup-format.ts';

/** Our own tables, each after those that it refers to; not those in which others keep their books, such as the migrations. */
export async function readTables(client: pg.ClientBase): Promise<readonly BackupTable[]> {
  const { rows: tables } = await client.query<BackupTable>(`
    select c.relname as table,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      coalesce((select jsonb_agg(jsonb_build_object('name', p.relname, 'bounds', pg_get_expr(p.relpartbound, p.oid)) order by p.relname)
        from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = c.oid), '[]') as partitions
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not like 'kysely%' order by c.relname`);
  const { rows: references } = await client.query<{ from: string; to: string }>(`
    select distinct f.relname as from, t.relname as to from pg_constraint k
    join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and f.relnamespace = 'public'::regnamespace and f.oid <> t.oid`);
  return inOrder(tables, references);
}

function inOrder(tables: readonly BackupTable[], references: readonly { readonly from: string; readonly to: string }[]) {
  const placed = new Map<string, BackupTable>();
  while (placed.size < tables.length) {
    const next = tables.filter(({ table }) => !placed.has(table) && references.every(({ from, to }) => from !== table || placed.has(to)));
    if (next.length === 0) throw new Error('Tables refer to each other in a circle, so there is no order to write them in.');
    for (const each of next) placed.set(each.table, each);
  }
  return [...placed.values()];
}

export async function readMigrations(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  return rows.map(({ name }) => name);
}

/** Reads the catalogue of a migrated database and writes it down: as types for Kysely, and as a page for readers. */
import pg from 'pg';

export interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  readonly alwaysGenerated: boolean;
  readonly primaryKey: boolean;
}

export interface Index {
  readonly table: string;
  readonly definition: string;
}

export interface Schema {
  readonly columns: readonly Column[];
  readonly indexes: readonly Index[];
  readonly constraints: readonly { readonly table: string; readonly name: string; readonly definition: string }[];
}

export async function describeSchema(url: string): Promise<Schema> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const columns = await client.query<Column>(COLUMNS);
    const indexes = await client.query<Index>(INDEXES);
    const constraints = await client.query<Schema['constraints'][number]>(CONSTRAINTS);
    return { columns: columns.rows, indexes: indexes.rows, constraints: constraints.rows };
  } finally {
    await client.end();
  }
}

/** The text of generated/schema.ts. */
export function schemaTypes(schema: Schema): string {
  const tables = byTable(schema.columns);
  const body = [...tables].map(([table, columns]) => {
    const lines = columns.map((column) => `  ${column.name}: ${columnType(column)};`);
    return `export interface ${pascal(table)}Table {\n${lines.join('\n')}\n}\n`;
  });
  const database = [...tables.keys()].map((table) => `  ${table}: ${pascal(table)}Table;`);
  return [
    '// Generated from the migrations by `npm run generate`. Do not edit.',
    "import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';",
    '',
    '/** Exact values: text out; text in. */',
    'type Numeric = ColumnType<string, string, string>;',
    'type Instant = ColumnType<Date, Date | string, Date | string>;',
    'type Json = JSONColumnType<object>;',
    'type DefaultNumeric = ColumnType<string, string | undefined, string>;',
    'type DefaultJson = ColumnType<object, string | undefined, string>;',
    '',
    ...body,
    `export interface Database {\n${database.join('\n')}\n}`,
    '',
  ].join('\n');
}

/** The text of docs/reference/schema.md. */
export function schemaPage(schema: Schema): string {
  const parts = ['# Database schema', '', 'Generated from the migrations by `npm run generate`. Tables in alphabetical order.', ''];
  for (const [table, columns] of byTable(schema.columns)) {
    parts.push(`## ${table}`, '', '| column | type | null | key |', '|---|---|---|---|');
    for (const c of columns) parts.push(`| ${c.name} | ${c.type} | ${c.nullable ? 'yes' : 'no'} | ${c.primaryKey ? 'primary' : ''} |`);
    const indexes = schema.indexes.filter((index) => index.table === table);
    if (indexes.length > 0) parts.push('', 'Indexes:', '', ...indexes.map((index) => `- \`${index.definition}\``));
    const constraints = schema.constraints.filter((constraint) => constraint.table === table);
    if (constraints.length > 0) parts.push('', 'Rules:', '', ...constraints.map((c) => `- ${c.name}: \`${c.definition}\``));
    parts.push('');
  }
  return `${parts.join('\n').trimEnd()}\n`;
}

function byTable(columns: readonly Column[]): Map<string, Column[]> {
  const tables = new Map<string, Column[]>();
  for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  return tables;
}

const TYPES: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  boolean: 'boolean',
  integer: 'number',
  smallint: 'number',
  bigint: 'number',
  'double precision': 'number',
  date: 'string',
  bytea: 'Buffer',
  'text[]': 'string[]',
  'double precision[]': 'number[]',
};

function columnType(column: Column): string {
  const numeric = column.type.startsWith('numeric') ? 'Numeric' : undefined;
  const special = numeric ?? (column.type.startsWith('timestamp') ? 'Instant' : column.type === 'jsonb' ? 'Json' : undefined);
  const plain = special ?? TYPES[column.type];
  if (plain === undefined) throw new Error(`No TypeScript type is known for ${column.table}.${column.name} (${column.type}).`);
  const withNull = column.nullable ? `${plain} | null` : plain;
  if (column.alwaysGenerated) return `GeneratedAlways<${withNull}>`;
  if (!column.hasDefault) return withNull;
  // A column with its own insert type cannot be wrapped again: it has a twin whose insert may be left out.
  return special === undefined ? `Generated<${withNull}>` : `Default${special}`;
}

function pascal(table: string): string {
  return table.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

const COLUMNS = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
    a.atthasdef or a.attidentity <> '' as "hasDefault", a.attidentity = 'a' as "alwaysGenerated",
    coalesce(a.attnum = any (i.indkey), false) as "primaryKey"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
  where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
    and c.relname not like 'kysely\\_%'
  order by c.relname collate "C", a.attnum`;

const INDEXES = `
  select t.relname as table, replace(pg_get_indexdef(i.indexrelid), 'public.', '') as definition
  from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
  where n.nspname = 'public' and not t.relispartition and t.relname not like 'kysely\\_%'
  order by t.relname collate "C", i.indexrelid::regclass::text collate "C"`;

const CONSTRAINTS = `
  select t.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
  from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_namespace n on n.oid = t.relnamespace
  where n.nspname = 'public' and k.contype in ('c', 'f') and not t.relispartition
  order by t.relname collate "C", k.conname collate "C"`;

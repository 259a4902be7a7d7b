/** Prints docs/reference/settings.md and .env.example from the table of settings. `--check` only says whether they are current. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settingGroups } from '../apps/server/src/config/settings.ts';
import type { Setting } from '../apps/server/src/config/setting.ts';

const repository = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

const pages = [
  { path: 'docs/reference/settings.md', content: referencePage() },
  { path: '.env.example', content: exampleFile() },
];
const stale = pages.filter(
  ({ path, content }) => !existsSync(join(repository, path)) || readFileSync(join(repository, path), 'utf8') !== content,
);
if (!check) {
  for (const { path, content } of stale) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), content);
  }
} else if (stale.length > 0) {
  console.error(`Not current: ${stale.map(({ path }) => path).join(', ')}. Run \`npm run generate:settings\` and commit the result.`);
  process.exitCode = 1;
}

function referencePage(): string {
  const chapters = settingGroups.map((group) => {
    const rows = Object.values(group.settings).map(
      (row) =>
        `| ${[row.name, ...row.aliases].map((name) => `\`${name}\``).join(', ')} | ${cell(row.type.words)} | ${cell(defaultOf(row))} | ${cell(
          row.description,
        )}${row.productionRule === null ? '' : ` In production: ${cell(row.productionRule)}.`} |`,
    );
    return [`## ${group.title}`, '', '| name | type | default | what it does |', '|---|---|---|---|', ...rows].join('\n');
  });
  return `${[
    '# Settings',
    'Printed by `tools/generate-settings.ts` from `apps/server/src/config/`; change it there.',
    [
      'Settings are variables of the environment, or lines `NAME=value` in a file `.env` where the server is started; the environment wins.',
      'An empty value counts as not set. All are read and checked once, at start: when any is wrong, the server names every one of them, what it got and what to write, and stops.',
      'Where a setting has several names, the first that is set counts.',
    ].join('\n'),
    [
      '**The database** is the first of these that is set: `DATABASE_URL`; `PROD_DB_CONNECTION` when `DB_ENV=production`; `DB_HOST` with `DB_PORT`, `DB_NAME`, `DB_USER` and `DB_PASSWORD`; otherwise the embedded PostgreSQL.',
      '**Redis** is `REDIS_URL`, or `REDIS_HOST` with `REDIS_PORT`, `REDIS_USERNAME` and `REDIS_PASSWORD`; otherwise none.',
      '**Production** is `NODE_ENV=production`, `DB_ENV=production` or `DEBUG=off`. It refuses missing, short and example secrets ("YOUR_API_KEY", "changeme", "<strong-password>").',
    ].join('\n\n'),
    ...chapters,
  ].join('\n\n')}\n`;
}

function exampleFile(): string {
  const chapters = settingGroups.map((group) => {
    const rows = Object.values(group.settings).map((row) => [
      `# ${row.description}${row.productionRule === null ? '' : ` In production: ${row.productionRule}.`}`,
      ...(row.defaultWords === null ? [] : [`# Default: ${row.defaultWords}.`]),
      `#${row.name}=${row.secret || row.default === null ? '' : valueOf(row)}`,
    ]);
    return [`# --- ${group.title} ---`, ...rows.map((lines) => lines.join('\n'))].join('\n\n');
  });
  return `${['# Copy to .env and remove the # of what you want to change. All names and rules: docs/reference/settings.md', ...chapters].join('\n\n')}\n`;
}

function defaultOf(row: Setting<unknown>): string {
  return row.defaultWords ?? `\`${valueOf(row)}\``;
}

function valueOf(row: Setting<unknown>): string {
  if (typeof row.default === 'boolean') return row.default ? 'on' : 'off';
  return Array.isArray(row.default) ? row.default.join(',') : String(row.default);
}

function cell(words: string): string {
  return words.replaceAll('|', '\\|');
}

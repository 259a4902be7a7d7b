/** Holds docs/reference/requirements.md against the house: ids, figures, and whatever a row names as its proof. */

export interface House {
  /** Paths of files and folders, from the root. */
  exists(path: string): boolean;
  read(path: string): string;
  /** `GET /api/v1/me` of every route of the contract. */
  readonly routes: ReadonlySet<string>;
  readonly scripts: ReadonlySet<string>;
}

interface Row {
  readonly id: string;
  readonly state: string;
  readonly by: string;
}

/** How many things each document asks for; they are numbered from 1. */
const ASKED = { S0: 59, S1: 70, S2: 128, S3: 73, S4: 137 } as const;
const STATES = ['met', 'partly', 'not yet', 'not applicable'] as const;
const DOCUMENTS = Object.keys(ASKED) as (keyof typeof ASKED)[];
/** A name in code type, and perhaps a test's title after it, as far as the next name or semicolon. */
const NAMED = /`([^`]+)`(?:\s›\s([^`;]*[^`;\s]))?/g;

/** What is wrong, as sentences; none is good. */
export function checkRequirements(page: string, house: House): readonly string[] {
  const rows = rowsOf(page);
  return [...idFaults(rows), ...figureFaults(page, rows), ...rows.flatMap((row) => rowFaults(row, house))];
}

function rowsOf(page: string): readonly Row[] {
  return page
    .split('\n')
    .filter((line) => /^\| S\d-\d+ \|/.test(line))
    .map((line) => {
      const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
      return { id: cells[1] ?? '', state: cells[3] ?? '', by: cells[4] ?? '' };
    });
}

function idFaults(rows: readonly Row[]): readonly string[] {
  const wanted = DOCUMENTS.flatMap((name) => Array.from({ length: ASKED[name] }, (_, at) => `${name}-${String(at + 1).padStart(2, '0')}`));
  const ids = rows.map(({ id }) => id);
  return [
    ...wanted.filter((id) => !ids.includes(id)).map((id) => `${id} is missing.`),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} is there twice.`),
    ...ids.filter((id) => !wanted.includes(id)).map((id) => `${id} is not asked for.`),
  ];
}

/** The table at the top must say what the rows say. */
function figureFaults(page: string, rows: readonly Row[]): readonly string[] {
  return [...DOCUMENTS, 'all'].flatMap((name) => {
    const own = rows.filter(({ id }) => name === 'all' || id.startsWith(`${name}-`));
    const figures = [...STATES.map((state) => own.filter((row) => row.state === state).length), own.length];
    const line = page.split('\n').find((text) => new RegExp(`^\\| ${name} +\\|`).test(text)) ?? '';
    const written = line
      .split('|')
      .slice(2, -1)
      .map((cell) => Number(cell.trim()));
    return written.join() === figures.join()
      ? []
      : [`The line of ${name} says ${written.join(', ')} and the rows say ${figures.join(', ')}.`];
  });
}

function rowFaults({ id, state, by }: Row, house: House): readonly string[] {
  if (!STATES.some((known) => known === state)) return [`${id} has the state "${state}".`];
  const named = [...by.matchAll(NAMED)].map(([, name = '', title]) => ({ name, title }));
  const faults = named.flatMap(({ name, title }) => nameFaults(name, title, house));
  if (state === 'met' && !named.some(({ name }) => isProof(name))) faults.push('is met and names neither a file nor a command.');
  if (by === '') faults.push('says nothing in its last column.');
  return faults.map((fault) => `${id} ${fault}`);
}

function nameFaults(name: string, title: string | undefined, house: House): string[] {
  if (/^(GET|POST|PUT|PATCH|DELETE) /.test(name)) return house.routes.has(name) ? [] : [`names the route ${name}, which there is not.`];
  const [, script] = /^npm run (\S+)/.exec(name) ?? [];
  if (script !== undefined) return house.scripts.has(script) ? [] : [`names the command ${script}, which there is not.`];
  if (!isProof(name)) return [];
  if (!house.exists(name)) return [`names ${name}, which there is not.`];
  return title === undefined || house.read(name).includes(title) ? [] : [`says that ${name} has "${title}", and it has not.`];
}

/** A path of this repository or a command; addresses, settings and table names prove nothing. */
function isProof(name: string): boolean {
  return /^npm run \S/.test(name) || (/^[\w.-]+(\/|\.(md|ts|json)$|$)/.test(name) && /[/.]|^LICENSE$/.test(name) && !name.endsWith('/'));
}

/** An address for each route of the app, read from its own table: a page that is added there and has no row here is missed by a test. */
import { readFileSync } from 'node:fs';

const shell = new URL('../../apps/web/src/shell/', import.meta.url);

/** The paths as the table writes them, with `$name` for what is filled in. */
export function routePaths(): string[] {
  return [...read('routes.ts').matchAll(/^\s+path: '([^']+)'/gm)].map(([, path]) => path ?? '');
}

/** The words of a list in the app's source, such as the views of a portfolio. */
export function wordsOf(file: string, list: string): string[] {
  const [, body] = new RegExp(`export const ${list} = \\[([^\\]]+)\\]`).exec(read(file)) ?? [];
  if (body === undefined) throw new Error(`${file} has no list ${list}`);
  return [...body.matchAll(/'([^']+)'/g)].map(([, word]) => word ?? '');
}

function read(file: string): string {
  return readFileSync(new URL(file, shell), 'utf8');
}

export type Visitor = 'guest' | 'member' | 'administrator';

/** What the visitor has, by which pages about one thing are opened. */
export interface Belongings {
  readonly tracked: string;
  readonly paper: string;
  readonly watchlist: string;
}

type Addresses = (own: Belongings) => readonly string[];
const leadsOn: Addresses = () => [];

const ADDRESSES: Readonly<Record<Visitor, Readonly<Record<string, Addresses>>>> = {
  guest: {
    '/': () => ['/'],
    '/login': () => ['/login'],
    '/register': () => ['/register'],
    '/forgot-password': () => ['/forgot-password'],
    '/reset-password': () => ['/reset-password'],
    '/verify-email': () => ['/verify-email'],
    '/unsubscribe': () => ['/unsubscribe?token=none'],
  },
  member: {
    '/home': () => ['/home'],
    '/portfolios': () => ['/portfolios'],
    '/portfolios/new': () => ['/portfolios/new'],
    '/portfolios/$portfolioId': leadsOn,
    '/$view': ({ tracked, paper }) => [
      ...wordsOf('address-words.ts', 'VIEWS').map((view) => `/portfolios/${tracked}/${view}`),
      `/portfolios/${paper}/orders`,
      `/portfolios/${paper}/settings`,
    ],
    '/trade': ({ paper }) => [`/trade?portfolio=${paper}&symbol=AAPL`],
    '/markets': () => ['/markets'],
    '/instruments/$symbol': () => ['/instruments/AAPL', '/instruments/AAPL?chart=table'],
    '/watchlists': () => ['/watchlists'],
    '/watchlists/$listId': ({ watchlist }) => [`/watchlists/${watchlist}`],
    '/alerts': () => ['/alerts'],
    '/alerts/$alertId': leadsOn,
    '/notifications': () => ['/notifications'],
    '/transactions': () => ['/transactions'],
    '/documents': () => ['/documents'],
    '/statements': () => ['/statements'],
    '/quality': () => ['/quality'],
    '/settings': () => ['/settings'],
    '/settings/security': () => ['/settings/security'],
    '/settings/notifications': () => ['/settings/notifications'],
    '/settings/webhooks': () => ['/settings/webhooks'],
    '/developers/stream': () => ['/developers/stream'],
  },
  administrator: {
    '/imports': () => ['/imports'],
    '/admin': leadsOn,
    '/admin/$view': () => wordsOf('routes.ts', 'ADMIN_VIEWS').map((view) => `/admin/${view}`),
  },
};

/** Routes that have no address here. */
export function forgottenRoutes(): string[] {
  const known = new Set(Object.values(ADDRESSES).flatMap((rows) => Object.keys(rows)));
  return routePaths().filter((path) => !known.has(path));
}

export function addressesOf(visitor: Visitor, own: Belongings): string[] {
  const present = new Set(routePaths());
  return Object.entries(ADDRESSES[visitor]).flatMap(([path, addresses]) => (present.has(path) ? addresses(own) : []));
}

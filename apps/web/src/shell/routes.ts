/** Every address of the app. Each page is a file of its own, fetched when it is first opened or pointed at. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { offersQuery, queryClient } from '../api/queries.ts';
import { ALLOCATIONS, ASSET_CLASSES, COST_METHODS, MEASURES, PERIODS, RANGES, TRANSACTION_TYPES, VIEWS } from './address-words.ts';
import { page, readAddress, text, word, year, type AddressValues } from './address.ts';
import { guest, mailed, member, root } from './layout-routes.ts';

/** What every list says of itself: what is searched, which kind, in which order, which page. */
function readList(search: AddressValues) {
  return { search: text(search['search']), kind: text(search['kind']), sort: text(search['sort']), page: page(search['page']) };
}

const NOTIFICATION_KINDS = [
  'fill',
  'refusal',
  'alert',
  'marketMove',
  'dividend',
  'import',
  'report',
  'margin',
  'security',
  'announcement',
] as const;

/** Asked while the page's own script is on its way, so that what is offered stands there from the first moment and moves nothing. */
async function knowOffers(): Promise<void> {
  await queryClient.ensureQueryData(offersQuery).catch(() => null);
}

export const landingRoute = createRoute({
  getParentRoute: () => guest,
  path: '/',
  loader: knowOffers,
  component: lazyRouteComponent(() => import('../pages/landing-page.tsx'), 'LandingPage'),
});

export const loginRoute = createRoute({
  getParentRoute: () => guest,
  path: '/login',
  validateSearch: (search: AddressValues) => readAddress({ next: text(search['next']) }),
  loader: knowOffers,
  component: lazyRouteComponent(() => import('../pages/login-page.tsx'), 'LoginPage'),
});

export const registerRoute = createRoute({
  getParentRoute: () => guest,
  path: '/register',
  validateSearch: (search: AddressValues) => readAddress({ next: text(search['next']) }),
  component: lazyRouteComponent(() => import('../pages/register-page.tsx'), 'RegisterPage'),
});

export const forgotPasswordRoute = createRoute({
  getParentRoute: () => mailed,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('../pages/forgot-password-page.tsx'), 'ForgotPasswordPage'),
});

export const resetPasswordRoute = createRoute({
  getParentRoute: () => mailed,
  path: '/reset-password',
  component: lazyRouteComponent(() => import('../pages/reset-password-page.tsx'), 'ResetPasswordPage'),
});

export const verifyEmailRoute = createRoute({
  getParentRoute: () => mailed,
  path: '/verify-email',
  component: lazyRouteComponent(() => import('../pages/verify-email-page.tsx'), 'VerifyEmailPage'),
});

export const unsubscribeRoute = createRoute({
  getParentRoute: () => mailed,
  path: '/unsubscribe',
  validateSearch: (search: AddressValues) => readAddress({ token: text(search['token']) }),
  component: lazyRouteComponent(() => import('../pages/unsubscribe-page.tsx'), 'UnsubscribePage'),
});

export const homeRoute = createRoute({
  getParentRoute: () => member,
  path: '/home',
  validateSearch: (search: AddressValues) =>
    readAddress({ portfolio: text(search['portfolio']), range: word(search['range'], RANGES), benchmark: text(search['benchmark']) }),
  component: lazyRouteComponent(() => import('../pages/home-page.tsx'), 'HomePage'),
});

export const portfoliosRoute = createRoute({
  getParentRoute: () => member,
  path: '/portfolios',
  validateSearch: (search: AddressValues) => readAddress({ archived: search['archived'] === true ? true : undefined, ...readList(search) }),
  component: lazyRouteComponent(() => import('../pages/portfolios-page.tsx'), 'PortfoliosPage'),
});

export const newPortfolioRoute = createRoute({
  getParentRoute: () => member,
  path: '/portfolios/new',
  validateSearch: (search: AddressValues) => readAddress({ kind: word(search['kind'], ['tracked', 'paper'] as const) }),
  component: lazyRouteComponent(() => import('../pages/new-portfolio-page.tsx'), 'NewPortfolioPage'),
});

export const portfolioRoute = createRoute({
  getParentRoute: () => member,
  path: '/portfolios/$portfolioId',
  beforeLoad: ({ params, location }) => {
    if (/^\/portfolios\/[^/]+\/?$/.test(location.pathname)) {
      redirect({ to: '/portfolios/$portfolioId/$view', params: { ...params, view: 'overview' }, replace: true, throw: true });
    }
  },
  component: lazyRouteComponent(() => import('../pages/portfolio-page.tsx'), 'PortfolioPage'),
});

export const portfolioViewRoute = createRoute({
  getParentRoute: () => portfolioRoute,
  path: '/$view',
  params: {
    parse: (raw) => ({ view: VIEWS.find((view) => view === raw.view) ?? 'overview' }),
    stringify: (params) => ({ view: params.view }),
  },
  validateSearch: (search: AddressValues) =>
    readAddress({
      ...readList(search),
      range: word(search['range'], PERIODS),
      type: word(search['type'], TRANSACTION_TYPES),
      from: text(search['from']),
      to: text(search['to']),
      benchmark: text(search['benchmark']),
      measure: word(search['measure'], MEASURES),
      year: year(search['year']),
      method: word(search['method'], COST_METHODS),
      by: word(search['by'], ALLOCATIONS),
      explain: text(search['explain']),
    }),
  component: lazyRouteComponent(() => import('../pages/portfolio-view.tsx'), 'PortfolioView'),
});

export const tradeRoute = createRoute({
  getParentRoute: () => member,
  path: '/trade',
  validateSearch: (search: AddressValues) =>
    readAddress({
      symbol: text(search['symbol']),
      side: word(search['side'], ['buy', 'sell'] as const),
      portfolio: text(search['portfolio']),
      quantity: text(search['quantity']),
      limit: text(search['limit']),
    }),
  component: lazyRouteComponent(() => import('../pages/trade-page.tsx'), 'TradePage'),
});

const ALERT_STATUSES = ['active', 'fired', 'paused', 'expired'] as const;
const ALERT_SORTS = ['-createdAt', 'createdAt', '-lastFiredAt', 'lastFiredAt', 'symbol', '-symbol'] as const;
const ALERT_CONDITIONS = [
  'priceAbove',
  'priceBelow',
  'crosses',
  'crossesUp',
  'crossesDown',
  'percentChange',
  'marketMove',
  'newHigh',
  'newLow',
  'volumeAbove',
  'averageCross',
  'rsiCross',
  'portfolioValueAbove',
  'portfolioValueBelow',
  'portfolioDayChange',
  'positionWeightAbove',
  'positionWeightBelow',
] as const;

export const alertsRoute = createRoute({
  getParentRoute: () => member,
  path: '/alerts',
  validateSearch: (search: AddressValues) =>
    readAddress({
      id: text(search['id']),
      search: text(search['search']),
      status: word(search['status'], ALERT_STATUSES),
      condition: word(search['condition'], ALERT_CONDITIONS),
      sort: word(search['sort'], ALERT_SORTS),
    }),
  component: lazyRouteComponent(() => import('../pages/alerts-page.tsx'), 'AlertsPage'),
});

/** Where a notification leads: the alert opens above the list. */
const alertRoute = createRoute({
  getParentRoute: () => member,
  path: '/alerts/$alertId',
  beforeLoad: ({ params }) => {
    redirect({ to: '/alerts', search: { id: params.alertId }, replace: true, throw: true });
  },
});

export const marketsRoute = createRoute({
  getParentRoute: () => member,
  path: '/markets',
  validateSearch: (search: AddressValues) => readAddress({ ...readList(search), class: word(search['class'], ASSET_CLASSES) }),
  component: lazyRouteComponent(() => import('../pages/markets-page.tsx'), 'MarketsPage'),
});

export const watchlistsRoute = createRoute({
  getParentRoute: () => member,
  path: '/watchlists',
  component: lazyRouteComponent(() => import('../pages/watchlists-page.tsx'), 'WatchlistsPage'),
});

export const watchlistRoute = createRoute({
  getParentRoute: () => member,
  path: '/watchlists/$listId',
  validateSearch: (search: AddressValues) => readAddress(readList(search)),
  component: lazyRouteComponent(() => import('../pages/watchlist-page.tsx'), 'WatchlistPage'),
});

export const instrumentRoute = createRoute({
  getParentRoute: () => member,
  path: '/instruments/$symbol',
  validateSearch: (search: AddressValues) =>
    readAddress({
      range: word(search['range'], RANGES),
      chart: word(search['chart'], ['line', 'candles', 'table'] as const),
      side: word(search['side'], ['buy', 'sell'] as const),
      indicators: text(search['indicators']),
      compare: text(search['compare']),
      log: search['log'] === true ? true : undefined,
    }),
  component: lazyRouteComponent(() => import('../pages/instrument-page.tsx'), 'InstrumentPage'),
});

export const importsRoute = createRoute({
  getParentRoute: () => member,
  path: '/imports',
  validateSearch: (search: AddressValues) => readAddress({ id: text(search['id']) }),
  component: lazyRouteComponent(() => import('../pages/imports-page.tsx'), 'ImportsPage'),
});

const DOCUMENT_KINDS = ['tax', 'certificate', 'statement', 'other'] as const;

export const documentsRoute = createRoute({
  getParentRoute: () => member,
  path: '/documents',
  validateSearch: (search: AddressValues) =>
    readAddress({
      id: text(search['id']),
      search: text(search['search']),
      kind: word(search['kind'], DOCUMENT_KINDS),
      taxYear: year(search['taxYear']),
      portfolio: text(search['portfolio']),
      sort: text(search['sort']),
    }),
  component: lazyRouteComponent(() => import('../pages/documents-page.tsx'), 'DocumentsPage'),
});

const TRANSACTION_ORDERS = ['tradedAt', '-tradedAt', 'amount', '-amount'] as const;

export const transactionsRoute = createRoute({
  getParentRoute: () => member,
  path: '/transactions',
  validateSearch: (search: AddressValues) =>
    readAddress({
      search: text(search['search']),
      type: word(search['type'], TRANSACTION_TYPES),
      portfolio: text(search['portfolio']),
      from: text(search['from']),
      to: text(search['to']),
      sort: word(search['sort'], TRANSACTION_ORDERS),
      columns: text(search['columns']),
    }),
  component: lazyRouteComponent(() => import('../pages/transactions-page.tsx'), 'TransactionsPage'),
});

export const statementsRoute = createRoute({
  getParentRoute: () => member,
  path: '/statements',
  validateSearch: (search: AddressValues) => readAddress({ portfolio: text(search['portfolio']), id: text(search['id']) }),
  component: lazyRouteComponent(() => import('../pages/statements-page.tsx'), 'StatementsPage'),
});

export const qualityRoute = createRoute({
  getParentRoute: () => member,
  path: '/quality',
  validateSearch: (search: AddressValues) => readAddress({ portfolio: text(search['portfolio']), ...readList(search) }),
  component: lazyRouteComponent(() => import('../pages/quality-page.tsx'), 'QualityPage'),
});

export const ADMIN_VIEWS = [
  'users',
  'instruments',
  'prices',
  'notifications',
  'deliveries',
  'providers',
  'jobs',
  'audit',
  'system',
  'announcements',
] as const;
export type AdminView = (typeof ADMIN_VIEWS)[number];

export const adminRoute = createRoute({
  getParentRoute: () => member,
  path: '/admin',
  beforeLoad: () => {
    redirect({ to: '/admin/$view', params: { view: 'users' }, replace: true, throw: true });
  },
});

export const adminViewRoute = createRoute({
  getParentRoute: () => member,
  path: '/admin/$view',
  params: {
    parse: (raw) => ({ view: ADMIN_VIEWS.find((view) => view === raw.view) ?? 'users' }),
    stringify: (params) => ({ view: params.view }),
  },
  validateSearch: (search: AddressValues) =>
    readAddress({
      search: text(search['search']),
      kind: text(search['kind']),
      sort: text(search['sort']),
      state: text(search['state']),
      user: text(search['user']),
      from: text(search['from']),
      to: text(search['to']),
    }),
  component: lazyRouteComponent(() => import('../pages/admin-page.tsx'), 'AdminPage'),
});

export const settingsRoute = createRoute({
  getParentRoute: () => member,
  path: '/settings',
  component: lazyRouteComponent(() => import('../pages/settings-page.tsx'), 'SettingsPage'),
});

export const securityRoute = createRoute({
  getParentRoute: () => member,
  path: '/settings/security',
  component: lazyRouteComponent(() => import('../pages/security-page.tsx'), 'SecurityPage'),
});

export const notificationsRoute = createRoute({
  getParentRoute: () => member,
  path: '/notifications',
  validateSearch: (search: AddressValues) =>
    readAddress({
      search: text(search['search']),
      kind: word(search['kind'], NOTIFICATION_KINDS),
      unread: search['unread'] === true ? (true as const) : undefined,
    }),
  component: lazyRouteComponent(() => import('../pages/notifications-page.tsx'), 'NotificationsPage'),
});

export const notificationSettingsRoute = createRoute({
  getParentRoute: () => member,
  path: '/settings/notifications',
  component: lazyRouteComponent(() => import('../pages/notification-settings-page.tsx'), 'NotificationSettingsPage'),
});

export const webhooksRoute = createRoute({
  getParentRoute: () => member,
  path: '/settings/webhooks',
  component: lazyRouteComponent(() => import('../pages/webhooks-page.tsx'), 'WebhooksPage'),
});

export const streamMonitorRoute = createRoute({
  getParentRoute: () => member,
  path: '/developers/stream',
  component: lazyRouteComponent(() => import('../pages/stream-monitor-page.tsx'), 'StreamMonitorPage'),
});

export const routeTree = root.addChildren([
  guest.addChildren([landingRoute, loginRoute, registerRoute]),
  mailed.addChildren([forgotPasswordRoute, resetPasswordRoute, verifyEmailRoute, unsubscribeRoute]),
  member.addChildren([
    homeRoute,
    portfoliosRoute,
    newPortfolioRoute,
    portfolioRoute.addChildren([portfolioViewRoute]),
    tradeRoute,
    marketsRoute,
    watchlistsRoute,
    alertsRoute,
    alertRoute,
    watchlistRoute,
    instrumentRoute,
    importsRoute,
    documentsRoute,
    transactionsRoute,
    statementsRoute,
    qualityRoute,
    adminRoute,
    adminViewRoute,
    settingsRoute,
    securityRoute,
    notificationsRoute,
    notificationSettingsRoute,
    webhooksRoute,
    streamMonitorRoute,
  ]),
]);

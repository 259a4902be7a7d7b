import { setting } from './setting.ts';
import { choice, emailAddress, flag, integer, text } from './setting-types.ts';

export const accessSettings = {
  secretKey: setting({
    name: 'SECRET_KEY',
    aliases: ['JWT_SECRET_KEY'],
    type: text,
    default: null,
    defaultWords: 'outside production one is made and kept in DATA_DIR',
    description:
      'Signs access tokens and derives every other key. `npm run secret` prints a good one. Changing it signs everyone out, ends API keys and asks for second factors to be set up anew.',
    secret: true,
    productionRule: 'required, at least 32 characters, no placeholder',
  }),
  jwtAlgorithm: setting({
    name: 'JWT_ALGORITHM',
    type: choice('HS256'),
    default: 'HS256',
    description: 'How access tokens are signed. Only HS256; any other value is refused rather than ignored.',
  }),
  jwtExpiryMinutes: setting({
    name: 'JWT_EXPIRY_MINUTES',
    type: integer({ min: 1, max: 1440 }),
    default: 30,
    description: 'How long an access token is good for. Minutes.',
  }),
  adminSecondFactor: setting({
    name: 'ADMIN_SECOND_FACTOR',
    type: flag,
    default: false,
    defaultWords: 'off',
    description:
      'on demands a second factor of administrators: one who has neither an authenticator app nor a passkey may do what any user may, and nothing else, until one is set up.',
  }),
  adminEmail: setting({
    name: 'ADMIN_EMAIL',
    type: emailAddress,
    default: null,
    defaultWords: 'unset',
    description: 'The first administrator, created at start when there is none. Needs ADMIN_PASSWORD.',
  }),
  adminPassword: setting({
    name: 'ADMIN_PASSWORD',
    type: text,
    default: null,
    defaultWords: 'unset',
    description: 'The password with which the first administrator is created.',
    secret: true,
    productionRule: 'at least 12 characters, no placeholder',
  }),
} as const;

export const limitSettings = {
  rateLimits: setting({
    name: 'RATE_LIMITS',
    type: flag,
    default: true,
    defaultWords: 'on',
    description: 'off lifts all rate limits, for benchmarks and load tests.',
  }),
  burstPerMinute: setting({
    name: 'RATE_LIMIT_PER_MINUTE',
    type: integer({ min: 1, max: 1_000_000 }),
    default: 100,
    description: 'Requests a minute from one address.',
  }),
  sessionPerMinute: setting({
    name: 'RATE_LIMIT_SESSION_PER_MINUTE',
    type: integer({ min: 1, max: 1_000_000 }),
    default: 600,
    description: 'Requests a minute of one browser session of the web app, which has a bucket of its own instead of the two others.',
  }),
  standardPerHour: setting({
    name: 'RATE_LIMIT_STANDARD_PER_HOUR',
    type: integer({ min: 1, max: 100_000_000 }),
    default: 100,
    description: 'Calls an hour by tokens and API keys of a standard user. Orders do not count.',
  }),
  premiumPerHour: setting({
    name: 'RATE_LIMIT_PREMIUM_PER_HOUR',
    type: integer({ min: 1, max: 100_000_000 }),
    default: 1000,
    description: 'The same for a premium user. Administrators are not limited.',
  }),
  plans: setting({
    name: 'PLANS',
    type: flag,
    default: true,
    defaultWords: 'on',
    description: 'off lifts what a plan limits: the number of watchlists, the age of prices, calls an hour.',
  }),
} as const;

export const marketSettings = {
  marketSeed: setting({
    name: 'MARKET_SEED',
    type: text,
    default: '1',
    description: 'What the simulated market is computed from: another seed is another market.',
  }),
  marketHours: setting({
    name: 'MARKET_HOURS',
    type: choice('always', 'exchange'),
    default: 'always',
    description: 'always keeps the simulated market open day and night, exchange keeps the hours of each exchange.',
  }),
  publicMarketData: setting({
    name: 'PUBLIC_MARKET_DATA',
    type: flag,
    default: true,
    defaultWords: 'on',
    description: 'on lets anyone read tickers, OHLC and the ticker socket of seed 002 without signing in.',
  }),
  historyLimitScope: setting({
    name: 'HISTORY_LIMIT_SCOPE',
    type: choice('pricing', 'all'),
    default: 'pricing',
    description:
      'Where the 30-day limit of the standard plan applies: to pricing endpoints and price charts, or to all market history, anonymous OHLC included.',
  }),
  strictOrders: setting({
    name: 'STRICT_ORDERS',
    type: flag,
    default: true,
    defaultWords: 'on',
    description: 'off lets POST /place-order record impossible prices and quantities, for the quality checks to find.',
  }),
} as const;

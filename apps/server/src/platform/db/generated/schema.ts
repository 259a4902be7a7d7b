// Generated from the migrations by `npm run generate`. Do not edit.
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';

/** Exact values: text out; text in. */
type Numeric = ColumnType<string, string, string>;
type Instant = ColumnType<Date, Date | string, Date | string>;
type Json = JSONColumnType<object>;
type DefaultNumeric = ColumnType<string, string | undefined, string>;
type DefaultJson = ColumnType<object, string | undefined, string>;

export interface AlertEventsTable {
  id: string;
  alert_id: string;
  sample: string;
  at: Instant;
  before: Numeric | null;
  value: Numeric;
  level: Numeric;
  price: Numeric | null;
  price_before: Numeric | null;
  direction: string;
  paused: boolean;
}

export interface AlertMarksTable {
  series: string;
  at: Instant;
  value: Numeric;
}

export interface AlertSettingsTable {
  user_id: string;
  market_move_percent: Numeric;
  market_move_sigmas: Numeric;
}

export interface AlertsTable {
  id: string;
  user_id: string;
  condition: string;
  instrument_key: number | null;
  portfolio_id: string | null;
  watchlist_id: string | null;
  parent_id: string | null;
  parameters: DefaultJson;
  repeat: string;
  cooldown_seconds: Generated<number>;
  channels: string[];
  note: Generated<string>;
  status: Generated<string>;
  paused_because: string | null;
  expires_at: Instant | null;
  snoozed_until: Instant | null;
  asked_at: Instant;
  version: Generated<number>;
  fired_count: Generated<number>;
  last_fired_at: Instant | null;
  last_value: Numeric | null;
  created_at: Instant;
  updated_at: Instant;
  deleted_at: Instant | null;
}

export interface AllocationTargetsTable {
  portfolio_id: string;
  grouped_by: string;
  key: string;
  target: Numeric;
}

export interface AnnouncementsTable {
  id: string;
  created_by: string | null;
  audience: string;
  severity: string;
  words: Json;
  told_through: string | null;
  told_count: Generated<number>;
  created_at: Instant;
  finished_at: Instant | null;
}

export interface ApiKeysTable {
  id: string;
  user_id: string;
  name: string;
  start: string;
  key_hash: Buffer;
  scopes: string[];
  token_version: number;
  created_at: Instant;
  expires_at: Instant | null;
  last_used_at: Instant | null;
  revoked_at: Instant | null;
}

export interface AuditEntriesTable {
  id: string;
  at: Instant;
  actor_id: string | null;
  action: string;
  subject_kind: string;
  subject_id: string;
  request_id: string | null;
  ip: string | null;
  details: DefaultJson;
}

export interface BarsTable {
  instrument_key: number;
  interval: string;
  at: Instant;
  open: Numeric;
  high: Numeric;
  low: Numeric;
  close: Numeric;
  volume: Numeric;
  source: string;
}

export interface BondTermsTable {
  instrument_key: number;
  face_value: Numeric;
  coupon_rate: Numeric;
  frequency: number;
  day_count: string;
  issued_on: string | null;
  matures_on: string;
}

export interface CorporateActionsTable {
  id: string;
  instrument_key: number;
  kind: string;
  ex_on: string;
  pay_on: string | null;
  new_shares: Numeric | null;
  old_shares: Numeric | null;
  amount_per_share: Numeric | null;
  currency: string | null;
  source: string;
  created_at: Instant;
}

export interface DeliveriesTable {
  id: string;
  user_id: string;
  channel: string;
  notification_id: string | null;
  webhook_id: string | null;
  push_subscription_id: string | null;
  mail: Buffer | null;
  is_digest: Generated<boolean>;
  status: Generated<string>;
  attempts: Generated<number>;
  due_at: Instant;
  response_status: number | null;
  detail: string | null;
  created_at: Instant;
  finished_at: Instant | null;
}

export interface DocumentFilesTable {
  name: string;
  user_id: string;
  state: string;
  document_id: string | null;
  version: number | null;
  file_name: string | null;
  media_type: string | null;
  byte_count: number | null;
  sha256: Buffer | null;
  key_id: string;
  wrapped_key: Buffer;
  created_at: Instant;
  changed_at: Instant;
  missing_since: Instant | null;
}

export interface DocumentsTable {
  id: string;
  user_id: string;
  portfolio_id: string | null;
  kind: string;
  name: string;
  note: string | null;
  tax_year: number | null;
  version: Generated<number>;
  created_at: Instant;
  updated_at: Instant;
}

export interface ExchangeRatesTable {
  base: string;
  currency: string;
  day: string;
  rate: Numeric;
  source: string;
}

export interface ExportChunksTable {
  export_id: string;
  number: number;
  bytes: Buffer;
}

export interface ExportsTable {
  id: string;
  user_id: string;
  status: string;
  parts_written: Generated<number>;
  part_count: number | null;
  file_name: string | null;
  byte_count: number | null;
  detail: string | null;
  created_at: Instant;
  finished_at: Instant | null;
}

export interface FailedAttemptsTable {
  subject: string;
  count: number;
  last_at: Instant;
}

export interface ForeignCashTable {
  portfolio_id: string;
  currency: string;
  balance: Numeric;
  guarded: boolean;
}

export interface HistoryFillsTable {
  instrument_key: number;
  source: string;
  filled_from: string | null;
  filled_to: string | null;
  tried_at: Instant;
  actions_tried_at: Instant | null;
}

export interface IdempotencyKeysTable {
  user_id: string;
  key: string;
  operation: string;
  request_hash: Buffer;
  status: number | null;
  body: string | null;
  shows_secret: Generated<boolean>;
  created_at: Instant;
}

export interface ImportErrorsTable {
  import_id: string;
  number: number;
  file_name: string;
  line: number;
  column_name: string | null;
  message: string;
  row_text: string;
}

export interface ImportsTable {
  id: string;
  key: GeneratedAlways<number>;
  kind: string;
  user_id: string | null;
  file_name: string;
  file_hash: Buffer;
  byte_count: number;
  zone: string | null;
  status: string;
  rows_read: Generated<number>;
  rows_stored: Generated<number>;
  rows_flagged: Generated<number>;
  rows_rejected: Generated<number>;
  detail: string | null;
  created_at: Instant;
  started_at: Instant | null;
  finished_at: Instant | null;
}

export interface InstrumentsTable {
  id: string;
  key: GeneratedAlways<number>;
  owner_id: string | null;
  symbol: string;
  exchange: Generated<string>;
  is_primary: Generated<boolean>;
  name: string;
  asset_class: string;
  currency: string;
  sector: string | null;
  country: string | null;
  isin: string | null;
  tick_size: Numeric | null;
  source: string;
  status: Generated<string>;
  created_at: Instant;
  updated_at: Instant;
}

export interface KnownDevicesTable {
  user_id: string;
  device_hash: Buffer;
  first_seen_at: Instant;
  last_seen_at: Instant;
}

export interface LatestPricesTable {
  instrument_key: number;
  last: Numeric;
  bid: Numeric | null;
  ask: Numeric | null;
  bid_size: Numeric | null;
  ask_size: Numeric | null;
  last_size: Numeric | null;
  open: Numeric | null;
  high: Numeric | null;
  low: Numeric | null;
  previous_close: Numeric | null;
  volume: Numeric | null;
  at: Instant;
  source: string;
  number: number;
}

export interface MailedTokensTable {
  token_hash: Buffer;
  user_id: string;
  purpose: string;
  email: string;
  created_at: Instant;
  expires_at: Instant;
}

export interface MarginStandingsTable {
  portfolio_id: string;
  below_maintenance: Generated<boolean>;
  credit_low: Generated<boolean>;
  crossings: Generated<number>;
}

export interface MinuteFillsTable {
  instrument_key: number;
  source: string;
  interval: string;
  day: string;
  asked_at: Instant;
}

export interface NotificationHeadsTable {
  user_id: string;
  sequence: Generated<number>;
  unread: Generated<number>;
}

export interface NotificationPreferencesTable {
  user_id: string;
  channels: DefaultJson;
  email_timing: Generated<string>;
  digest_at: Generated<string>;
  quiet_from: string | null;
  quiet_to: string | null;
  updated_at: Instant;
}

export interface NotificationsTable {
  id: string;
  user_id: string;
  kind: string;
  severity: string;
  title: string;
  body: Generated<string>;
  link: string | null;
  dedupe_key: string;
  shown: boolean;
  created_at: Instant;
  read_at: Instant | null;
}

export interface OrderEventsTable {
  portfolio_id: string;
  sequence: number;
  order_id: string;
  at: Instant;
  status: string;
  filled_quantity: Numeric;
  average_fill_price: Numeric | null;
  fees: Numeric;
  rejection: Json | null;
}

export interface OrderNoticesTable {
  portfolio_id: string;
  sequence: number;
}

export interface OrderTermsTable {
  portfolio_id: string;
  order_id: string;
  stop_price: Numeric | null;
  trail_amount: Numeric | null;
  trail_percent: Numeric | null;
  mark: Numeric | null;
  triggered_at: Instant | null;
  take_profit: Numeric | null;
  stop_loss: Numeric | null;
  stop_loss_limit: Numeric | null;
  parent_id: string | null;
  pair_id: string | null;
  replaces_id: string | null;
  replaced_by_id: string | null;
  priority_id: string | null;
}

export interface OrdersTable {
  portfolio_id: string;
  id: string;
  epoch: number;
  market_id: Generated<string>;
  user_id: string;
  instrument_key: number;
  side: string;
  type: string;
  time_in_force: string;
  quantity: Numeric;
  notional: Numeric | null;
  limit_price: Numeric | null;
  status: string;
  filled_quantity: DefaultNumeric;
  filled_value: DefaultNumeric;
  average_fill_price: Numeric | null;
  fees: DefaultNumeric;
  reserved: DefaultNumeric;
  client_order_id: string | null;
  idempotency_key: string | null;
  request_hash: Buffer | null;
  rejection: Json | null;
  created_at: Instant;
  updated_at: Instant;
  expires_at: Instant | null;
}

export interface PasskeysTable {
  id: string;
  user_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: Generated<string[]>;
  name: string;
  backed_up: boolean;
  created_at: Instant;
  last_used_at: Instant | null;
}

export interface PortfolioHeadsTable {
  portfolio_id: string;
  version: Generated<number>;
  event_sequence: Generated<number>;
  cash: DefaultNumeric;
  reserved: DefaultNumeric;
  credit_limit: Numeric | null;
}

export interface PortfoliosTable {
  id: string;
  user_id: string;
  name: string;
  description: Generated<string>;
  kind: string;
  cash_mode: string;
  base_currency: string;
  time_zone: Generated<string>;
  cost_method: Generated<string>;
  settings: DefaultJson;
  market_id: Generated<string>;
  epoch: Generated<number>;
  is_default: Generated<boolean>;
  created_at: Instant;
  updated_at: Instant;
  archived_at: Instant | null;
}

export interface PositionsTable {
  portfolio_id: string;
  epoch: number;
  instrument_key: number;
  quantity: Numeric;
  reserved_quantity: DefaultNumeric;
  cost_basis: Numeric;
  base_cost_basis: Numeric;
  realized_gain: DefaultNumeric;
  base_transferred_out: DefaultNumeric;
  lots: Json | null;
  shorting: Generated<boolean>;
}

export interface ProviderHealthTable {
  provider: string;
  last_answer_at: Instant | null;
  last_skip_at: Instant | null;
  last_skip_reason: string | null;
  last_skip_detail: string | null;
  paused_until: Instant | null;
}

export interface ProviderSkipsTable {
  provider: string;
  day: string;
  reason: string;
  count: number;
  last_at: Instant;
  detail: string;
}

export interface ProviderUsageTable {
  provider: string;
  at: Instant;
  calls: number;
}

export interface PushSubscriptionsTable {
  id: string;
  user_id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  user_agent: Generated<string>;
  created_at: Instant;
}

export interface QualityFixesTable {
  portfolio_id: string;
  issue_id: string;
  kind: string;
  transaction_id: string;
  fixed_at: Instant;
}

export interface RecoveryCodesTable {
  user_id: string;
  number: number;
  code_hash: string;
  used_at: Instant | null;
}

export interface ReplayRunTable {
  only_one: Generated<boolean>;
  from_at: Instant;
  speed: number;
  started_at: Instant;
}

export interface ReportChunksTable {
  report_id: string;
  number: number;
  bytes: Buffer;
}

export interface ReportsTable {
  id: string;
  user_id: string;
  portfolio_id: string;
  kind: string;
  format: string;
  from_on: string | null;
  to_on: string | null;
  year: number | null;
  status: string;
  rows_written: Generated<number>;
  row_count: number | null;
  file_name: string | null;
  byte_count: number | null;
  detail: string | null;
  created_at: Instant;
  finished_at: Instant | null;
}

export interface ServerKeysTable {
  name: string;
  sealed: Buffer;
  created_at: Instant;
}

export interface SessionsTable {
  id: string;
  user_id: string;
  kind: string;
  generation: Generated<number>;
  token_hash: Buffer;
  rotated_at: Instant | null;
  user_agent: Generated<string>;
  ip: Generated<string>;
  created_at: Instant;
  last_seen_at: Instant;
  expires_at: Instant;
  revoked_at: Instant | null;
  revoked_because: string | null;
}

export interface SnapshotMonthsTable {
  portfolio_id: string;
  epoch: number;
  month: string;
  first_day: number;
  closing_values: number[];
  inflows: number[];
  outflows: number[];
}

export interface SnapshotStatesTable {
  portfolio_id: string;
  epoch: number;
  through: string | null;
  stale_from: string | null;
  changes: Generated<number>;
}

export interface StatementMappingsTable {
  user_id: string;
  header_hash: Buffer;
  mapping: Json;
  used_at: Instant;
}

export interface StatementSymbolsTable {
  user_id: string;
  written: string;
  symbol: string;
  used_at: Instant;
}

export interface StatementsTable {
  import_id: string;
  portfolio_id: string;
  format: string;
  mapping: Json | null;
  symbols: DefaultJson;
  content: Buffer | null;
}

export interface StreamFactsTable {
  channel: string;
  sequence: number;
  at: Instant;
  body: Json;
}

export interface TickDaysTable {
  instrument_key: number;
  day: string;
  zone: string;
  tick_count: number;
  first_at: Instant;
  last_at: Instant;
}

export interface TicksTable {
  instrument_key: number;
  at: Instant;
  number: number;
  last: Numeric;
  bid: Numeric | null;
  bid_size: Numeric | null;
  ask: Numeric | null;
  ask_size: Numeric | null;
  last_size: Numeric | null;
  open_interest: Numeric | null;
  import_key: number;
  flags: Generated<number>;
}

export interface TotpFactorsTable {
  user_id: string;
  key_id: string;
  sealed_secret: Buffer;
  last_step: number | null;
  created_at: Instant;
  confirmed_at: Instant | null;
}

export interface TransactionsTable {
  portfolio_id: string;
  id: string;
  version: Generated<number>;
  epoch: number;
  type: string;
  instrument_key: number | null;
  quantity: Numeric | null;
  price: Numeric | null;
  amount: Numeric;
  currency: string;
  fee: DefaultNumeric;
  tax: DefaultNumeric;
  cash_effect: Numeric;
  realized_gain: Numeric | null;
  counter_amount: Numeric | null;
  counter_currency: string | null;
  new_shares: Numeric | null;
  old_shares: Numeric | null;
  new_instrument_key: number | null;
  cost_share: Numeric | null;
  base_cost: Numeric | null;
  acquired_on: string | null;
  lots: Json | null;
  base_rate: Numeric | null;
  external_id: string | null;
  import_id: string | null;
  traded_at: Instant;
  recorded_at: Instant;
  order_id: string | null;
  quote_number: number | null;
  quote_source: string | null;
  note: string | null;
  source: string;
  reversed: Generated<boolean>;
  superseded_at: Instant | null;
}

export interface TransfersTable {
  portfolio_id: string;
  epoch: number;
  transaction_id: string;
  transaction_version: Generated<number>;
  currency: string;
  debit_account: string;
  credit_account: string;
  amount: Numeric;
  at: Instant;
}

export interface UsedChallengesTable {
  challenge: string;
  expires_at: Instant;
}

export interface UsersTable {
  id: string;
  email: string;
  username: string | null;
  password_hash: string;
  first_name: Generated<string>;
  last_name: Generated<string>;
  role: Generated<string>;
  is_active: Generated<boolean>;
  timezone: Generated<string>;
  locale: Generated<string>;
  base_currency: Generated<string>;
  token_version: Generated<number>;
  email_verified_at: Instant | null;
  created_at: Instant;
  updated_at: Instant;
  deactivated_at: Instant | null;
}

export interface WatchlistItemsTable {
  watchlist_id: string;
  instrument_key: number;
  position: number;
  note: Generated<string>;
  target_price: Numeric | null;
  added_at: Instant;
}

export interface WatchlistsTable {
  id: string;
  user_id: string;
  name: string;
  note: Generated<string>;
  is_default: Generated<boolean>;
  position: number;
  created_at: Instant;
  updated_at: Instant;
}

export interface WebhooksTable {
  id: string;
  user_id: string;
  url: string;
  description: Generated<string>;
  kinds: Json | null;
  secret: Buffer;
  previous_secret: Buffer | null;
  previous_secret_until: Instant | null;
  failures: Generated<number>;
  failing_since: Instant | null;
  disabled_at: Instant | null;
  disabled_because: string | null;
  created_at: Instant;
  updated_at: Instant;
}

export interface Database {
  alert_events: AlertEventsTable;
  alert_marks: AlertMarksTable;
  alert_settings: AlertSettingsTable;
  alerts: AlertsTable;
  allocation_targets: AllocationTargetsTable;
  announcements: AnnouncementsTable;
  api_keys: ApiKeysTable;
  audit_entries: AuditEntriesTable;
  bars: BarsTable;
  bond_terms: BondTermsTable;
  corporate_actions: CorporateActionsTable;
  deliveries: DeliveriesTable;
  document_files: DocumentFilesTable;
  documents: DocumentsTable;
  exchange_rates: ExchangeRatesTable;
  export_chunks: ExportChunksTable;
  exports: ExportsTable;
  failed_attempts: FailedAttemptsTable;
  foreign_cash: ForeignCashTable;
  history_fills: HistoryFillsTable;
  idempotency_keys: IdempotencyKeysTable;
  import_errors: ImportErrorsTable;
  imports: ImportsTable;
  instruments: InstrumentsTable;
  known_devices: KnownDevicesTable;
  latest_prices: LatestPricesTable;
  mailed_tokens: MailedTokensTable;
  margin_standings: MarginStandingsTable;
  minute_fills: MinuteFillsTable;
  notification_heads: NotificationHeadsTable;
  notification_preferences: NotificationPreferencesTable;
  notifications: NotificationsTable;
  order_events: OrderEventsTable;
  order_notices: OrderNoticesTable;
  order_terms: OrderTermsTable;
  orders: OrdersTable;
  passkeys: PasskeysTable;
  portfolio_heads: PortfolioHeadsTable;
  portfolios: PortfoliosTable;
  positions: PositionsTable;
  provider_health: ProviderHealthTable;
  provider_skips: ProviderSkipsTable;
  provider_usage: ProviderUsageTable;
  push_subscriptions: PushSubscriptionsTable;
  quality_fixes: QualityFixesTable;
  recovery_codes: RecoveryCodesTable;
  replay_run: ReplayRunTable;
  report_chunks: ReportChunksTable;
  reports: ReportsTable;
  server_keys: ServerKeysTable;
  sessions: SessionsTable;
  snapshot_months: SnapshotMonthsTable;
  snapshot_states: SnapshotStatesTable;
  statement_mappings: StatementMappingsTable;
  statement_symbols: StatementSymbolsTable;
  statements: StatementsTable;
  stream_facts: StreamFactsTable;
  tick_days: TickDaysTable;
  ticks: TicksTable;
  totp_factors: TotpFactorsTable;
  transactions: TransactionsTable;
  transfers: TransfersTable;
  used_challenges: UsedChallengesTable;
  users: UsersTable;
  watchlist_items: WatchlistItemsTable;
  watchlists: WatchlistsTable;
  webhooks: WebhooksTable;
}

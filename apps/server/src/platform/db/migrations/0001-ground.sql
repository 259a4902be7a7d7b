-- The ground floor: who signs in, what can be held, what the market said, what was ordered, done and owned.
-- Facts (transactions, transfers, order_events) are appended and never changed; what is derived from them can be rebuilt.

create table users (
  id uuid primary key,
  email text not null,
  username text,
  password_hash text not null,
  first_name text not null default '',
  last_name text not null default '',
  role text not null default 'standard' check (role in ('standard', 'premium', 'admin')),
  is_active boolean not null default true,
  timezone text not null default 'UTC',
  locale text not null default 'en',
  base_currency text not null default 'USD',
  -- Rises when every token issued so far must end: password change, role change, deactivation, sign-out everywhere.
  token_version integer not null default 1,
  email_verified_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deactivated_at timestamptz
);
create unique index users_email on users (lower(email));
create unique index users_username on users (lower(username)) where username is not null;

-- One sign-in. Refresh tokens of a session form one family; only the newest generation is good.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  kind text not null check (kind in ('bearer', 'web')),
  generation integer not null default 1,
  token_hash bytea not null,
  rotated_at timestamptz,
  user_agent text not null default '',
  ip text not null default '',
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_because text
);
create index sessions_user on sessions (user_id) where revoked_at is null;

create table audit_entries (
  id uuid primary key,
  at timestamptz not null,
  actor_id uuid,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  request_id text,
  ip text,
  details jsonb not null default '{}'
);
create index audit_entries_at on audit_entries (at desc, id desc);
create index audit_entries_subject on audit_entries (subject_kind, subject_id, at desc);

create table idempotency_keys (
  user_id uuid not null references users (id) on delete cascade,
  key text not null,
  operation text not null,
  request_hash bytea not null,
  status integer,
  body text,
  shows_secret boolean not null default false,
  created_at timestamptz not null,
  primary key (user_id, key)
);
create index idempotency_keys_created on idempotency_keys (created_at);

create table instruments (
  id uuid primary key,
  -- Narrow key for the wide tables (ticks, bars, positions).
  key integer generated always as identity unique,
  owner_id uuid references users (id) on delete cascade,
  symbol text not null,
  exchange text not null default '',
  is_primary boolean not null default true,
  name text not null,
  asset_class text not null check (asset_class in ('stock', 'etf', 'bond', 'fund', 'crypto', 'index', 'cash', 'other')),
  currency text not null,
  sector text,
  country text,
  isin text,
  tick_size numeric(38, 18),
  source text not null,
  status text not null default 'active' check (status in ('active', 'inactive')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint instruments_name_unique unique nulls not distinct (owner_id, exchange, symbol)
);
create index instruments_symbol on instruments (symbol text_pattern_ops);

-- What a bond pays and when it ends, by its unit.
create table bond_terms (
  instrument_key integer primary key references instruments (key) on delete cascade,
  face_value numeric(38, 18) not null check (face_value > 0),
  -- A year, as a fraction.
  coupon_rate numeric(38, 18) not null check (coupon_rate between 0 and 1),
  -- Coupons a year.
  frequency smallint not null check (frequency in (0, 1, 2, 4, 12)),
  day_count text not null check (day_count in ('30/360', '30E/360', 'ACT/ACT', 'ACT/365', 'ACT/360')),
  issued_on date,
  matures_on date not null,
  check (issued_on is null or issued_on < matures_on)
);

-- The newest price of each instrument, written in batches; what the server knows after a restart.
create table latest_prices (
  instrument_key integer primary key references instruments (key) on delete cascade,
  last numeric(38, 18) not null,
  bid numeric(38, 18),
  ask numeric(38, 18),
  bid_size numeric(38, 18),
  ask_size numeric(38, 18),
  last_size numeric(38, 18),
  open numeric(38, 18),
  high numeric(38, 18),
  low numeric(38, 18),
  previous_close numeric(38, 18),
  volume numeric(38, 18),
  at timestamptz not null,
  source text not null,
  number bigint not null
) with (fillfactor = 70);

create table imports (
  id uuid primary key,
  key integer generated always as identity unique,
  kind text not null check (kind in ('ticks', 'statement')),
  user_id uuid references users (id) on delete set null,
  file_name text not null,
  file_hash bytea not null,
  byte_count bigint not null,
  zone text,
  status text not null check (status in ('queued', 'running', 'previewed', 'done', 'failed')),
  rows_read bigint not null default 0,
  rows_stored bigint not null default 0,
  rows_flagged bigint not null default 0,
  rows_rejected bigint not null default 0,
  detail text,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create unique index imports_file_once on imports (kind, file_hash) where kind = 'ticks' and status in ('queued', 'running', 'done');
create index imports_of_user on imports (user_id, id) where kind = 'statement';

create table import_errors (
  import_id uuid not null references imports (id) on delete cascade,
  number integer not null,
  file_name text not null,
  line bigint not null,
  column_name text,
  message text not null,
  row_text text not null,
  primary key (import_id, number)
);

-- One report of the market per row, in file order. Partitions are made per day as ticks arrive.
create table ticks (
  instrument_key integer not null,
  at timestamptz not null,
  number bigint not null,
  last numeric(38, 18) not null,
  bid numeric(38, 18),
  bid_size numeric(38, 18),
  ask numeric(38, 18),
  ask_size numeric(38, 18),
  last_size numeric(38, 18),
  open_interest numeric(38, 18),
  import_key integer not null,
  flags smallint not null default 0
) partition by range (at);
create index ticks_instrument_at on ticks (instrument_key, at, number);

-- What is known of each instrument's stored ticks, so that lists and totals never count rows. `day` is cut by the clock of `zone`.
create table tick_days (
  instrument_key integer not null references instruments (key) on delete cascade,
  day date not null,
  zone text not null,
  tick_count bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (instrument_key, day)
);

create table bars (
  instrument_key integer not null references instruments (key) on delete cascade,
  interval text not null check (interval in ('1m', '1h', '1d')),
  at timestamptz not null,
  open numeric(38, 18) not null,
  high numeric(38, 18) not null,
  low numeric(38, 18) not null,
  close numeric(38, 18) not null,
  volume numeric(38, 18) not null,
  source text not null,
  primary key (instrument_key, interval, source, at)
);

create table portfolios (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  description text not null default '',
  kind text not null check (kind in ('tracked', 'paper')),
  cash_mode text not null check (cash_mode in ('full', 'implied')),
  base_currency text not null,
  time_zone text not null default 'UTC',
  cost_method text not null default 'average' check (cost_method in ('average', 'fifo', 'lifo', 'hifo', 'specific')),
  settings jsonb not null default '{}',
  market_id text not null default 'live',
  epoch integer not null default 1,
  is_default boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  check (kind = 'tracked' or cash_mode = 'full')
);
create index portfolios_user on portfolios (user_id, id);
create unique index portfolios_one_default on portfolios (user_id) where is_default;

-- The hot row of a portfolio: its version (every change of money or holdings raises it), the number of the last order event,
-- and its cash in the base currency. The check is the last guard of cash: credit_limit null means unguarded (tracked portfolios).
create table portfolio_heads (
  portfolio_id uuid primary key references portfolios (id) on delete cascade,
  version bigint not null default 1,
  event_sequence bigint not null default 0,
  cash numeric(38, 18) not null default 0,
  reserved numeric(38, 18) not null default 0,
  credit_limit numeric(38, 18),
  constraint cash_is_guarded check (credit_limit is null or cash - reserved >= -credit_limit),
  constraint reserved_is_not_negative check (reserved >= 0)
) with (fillfactor = 70);

create table foreign_cash (
  portfolio_id uuid not null references portfolios (id) on delete cascade,
  currency text not null,
  balance numeric(38, 18) not null,
  guarded boolean not null,
  primary key (portfolio_id, currency),
  constraint foreign_cash_is_guarded check (not guarded or balance >= 0)
) with (fillfactor = 70);

create table positions (
  portfolio_id uuid not null,
  epoch integer not null,
  instrument_key integer not null,
  quantity numeric(38, 18) not null,
  reserved_quantity numeric(38, 18) not null default 0,
  cost_basis numeric(38, 18) not null,
  -- The same in the portfolio's base currency, each purchase at its own rate.
  base_cost_basis numeric(38, 18) not null,
  realized_gain numeric(38, 18) not null default 0,
  -- What the lots that were transferred out had cost, in the base currency: the ledger knows it in the instrument's only.
  base_transferred_out numeric(38, 18) not null default 0,
  -- Open lots as [[id, acquiredOn, quantity, cost, baseCost], …] where the cost method keeps them apart, with the cost of a unit when it
  -- was bought behind them under hifo; null under average cost.
  lots jsonb,
  shorting boolean not null default false,
  primary key (portfolio_id, epoch, instrument_key),
  constraint holding_is_guarded check (shorting or quantity - reserved_quantity >= 0),
  constraint reserved_quantity_is_not_negative check (reserved_quantity >= 0)
) with (fillfactor = 70);

-- The tables of the order desk (orders, order_events, transactions, transfers, positions) carry no foreign keys: the desk's one
-- statement per batch locks the portfolio's head, which does, and each check would cost more than the row it guards.
create table orders (
  portfolio_id uuid not null,
  id uuid not null,
  epoch integer not null,
  market_id text not null default 'live',
  user_id uuid not null,
  instrument_key integer not null,
  side text not null check (side in ('buy', 'sell')),
  type text not null check (type in ('market', 'limit', 'stop', 'stopLimit', 'trailingStop')),
  time_in_force text not null check (time_in_force in ('day', 'gtc', 'ioc', 'fok')),
  quantity numeric(38, 18) not null check (quantity > 0),
  notional numeric(38, 18),
  limit_price numeric(38, 18),
  status text not null check (status in ('accepted', 'partiallyFilled', 'filled', 'canceled', 'replaced', 'expired', 'rejected')),
  filled_quantity numeric(38, 18) not null default 0,
  -- Sum of quantity x price over the fills, so that the average is exact.
  filled_value numeric(38, 18) not null default 0,
  average_fill_price numeric(38, 18),
  fees numeric(38, 18) not null default 0,
  -- What this order still holds back: cash in the base currency for a buy, nothing for a sale (its quantity is held in positions).
  reserved numeric(38, 18) not null default 0,
  client_order_id text,
  idempotency_key text,
  request_hash bytea,
  rejection jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz,
  primary key (portfolio_id, id),
  constraint orders_never_overfill check (filled_quantity <= quantity)
) with (fillfactor = 80);
create unique index orders_client_order_id on orders (portfolio_id, client_order_id) where client_order_id is not null;
create unique index orders_idempotency_key on orders (user_id, idempotency_key) where idempotency_key is not null;
create index orders_open on orders (portfolio_id) where status in ('accepted', 'partiallyFilled');
create index orders_open_by_time on orders (created_at) where status in ('accepted', 'partiallyFilled');

-- What some orders have beyond a plain one, so that a plain order stays one narrow row: stops, brackets, and what ties orders together.
create table order_terms (
  portfolio_id uuid not null,
  order_id uuid not null,
  stop_price numeric(38, 18),
  trail_amount numeric(38, 18),
  trail_percent numeric(38, 18),
  -- The best last price since a trailing stop was placed: the highest for a sale, the lowest for a purchase.
  mark numeric(38, 18),
  triggered_at timestamptz,
  take_profit numeric(38, 18),
  stop_loss numeric(38, 18),
  stop_loss_limit numeric(38, 18),
  parent_id uuid,
  -- Two open orders of one pair sell the same shares: one cancels the other.
  pair_id uuid,
  replaces_id uuid,
  replaced_by_id uuid,
  priority_id uuid,
  primary key (portfolio_id, order_id)
) with (fillfactor = 80);

create table order_events (
  portfolio_id uuid not null,
  sequence bigint not null,
  order_id uuid not null,
  at timestamptz not null,
  status text not null,
  filled_quantity numeric(38, 18) not null,
  average_fill_price numeric(38, 18),
  fees numeric(38, 18) not null,
  rejection jsonb,
  primary key (portfolio_id, sequence)
);

-- A dated fact of a portfolio. A correction is a new version of the same id; superseded_at only marks that one came.
create table transactions (
  portfolio_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  epoch integer not null,
  type text not null check (type in ('buy', 'sell', 'deposit', 'withdrawal', 'dividend', 'interest', 'fee', 'tax', 'split',
    'transferIn', 'transferOut', 'exchange', 'returnOfCapital', 'spinOff', 'merger')),
  instrument_key integer,
  quantity numeric(38, 18),
  price numeric(38, 18),
  -- The gross amount: quantity x price for a trade, the sum of money otherwise; never negative.
  amount numeric(38, 18) not null,
  currency text not null,
  fee numeric(38, 18) not null default 0,
  tax numeric(38, 18) not null default 0,
  -- What the transaction did to cash in `currency`, signed.
  cash_effect numeric(38, 18) not null,
  realized_gain numeric(38, 18),
  counter_amount numeric(38, 18),
  counter_currency text,
  -- A split gives new_shares for each old_shares.
  new_shares numeric(38, 18),
  old_shares numeric(38, 18),
  -- What a spin-off or merger is paid in, and the share of the cost (0 to 1) that goes along.
  new_instrument_key integer,
  cost_share numeric(38, 18),
  -- A transfer in brings its cost (amount), the same in the base currency, and the day it was acquired.
  base_cost numeric(38, 18),
  acquired_on date,
  -- The lots a sale or transfer out names under the cost method `specific`: [{ "lotId": …, "quantity": … }].
  lots jsonb,
  -- Base currency units per unit of `currency`, where the transaction says its own.
  base_rate numeric(38, 18),
  -- What the broker calls it, and the import it came with.
  external_id text,
  import_id uuid,
  traded_at timestamptz not null,
  recorded_at timestamptz not null,
  order_id uuid,
  quote_number bigint,
  quote_source text,
  note text,
  source text not null check (source in ('order', 'manual', 'cash', 'import', 'tickers-api', 'analytics-api')),
  -- True for the version that takes the fact back.
  reversed boolean not null default false,
  superseded_at timestamptz,
  primary key (portfolio_id, id, version)
);
create index transactions_by_time on transactions (portfolio_id, traded_at desc, id desc) where superseded_at is null and not reversed;
create index transactions_by_instrument on transactions (portfolio_id, instrument_key) where superseded_at is null and not reversed;

-- A ledger row: one account of the portfolio is debited, another credited, by one amount of one currency. Balanced by construction.
create table transfers (
  portfolio_id uuid not null,
  epoch integer not null,
  transaction_id uuid not null,
  transaction_version integer not null default 1,
  currency text not null,
  debit_account text not null,
  credit_account text not null,
  amount numeric(38, 18) not null check (amount > 0),
  at timestamptz not null,
  check (debit_account <> credit_account)
);
create index transfers_portfolio on transfers (portfolio_id, transaction_id);

-- A broker's file between the look at it and the word of its owner. The content goes when it is recorded, or a day later.
create table statements (
  import_id uuid primary key references imports (id) on delete cascade,
  portfolio_id uuid not null references portfolios (id) on delete cascade,
  format text not null,
  mapping jsonb,
  symbols jsonb not null default '{}',
  content bytea
);

-- How a user wants a CSV read that no format knows, by the names of its columns.
create table statement_mappings (
  user_id uuid not null references users (id) on delete cascade,
  header_hash bytea not null,
  mapping jsonb not null,
  used_at timestamptz not null,
  primary key (user_id, header_hash)
);

-- What a user said which word of a file means, for the files to come.
create table statement_symbols (
  user_id uuid not null references users (id) on delete cascade,
  written text not null,
  symbol text not null,
  used_at timestamptz not null,
  primary key (user_id, written)
);

-- A report asked for, and its file once it is made. Both go after some days.
create table reports (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  portfolio_id uuid not null references portfolios (id) on delete cascade,
  kind text not null check (kind in ('holdings', 'transactions', 'realized-gains', 'performance', 'income')),
  format text not null check (format in ('pdf', 'xlsx', 'csv')),
  from_on date,
  to_on date,
  year integer,
  status text not null check (status in ('queued', 'running', 'done', 'failed')),
  rows_written bigint not null default 0,
  row_count bigint,
  file_name text,
  byte_count bigint,
  detail text,
  created_at timestamptz not null,
  finished_at timestamptz,
  check ((status = 'done') = (file_name is not null and byte_count is not null))
);
create index reports_user on reports (user_id, id);
create index reports_portfolio on reports (portfolio_id);
create index reports_created on reports (created_at);

create table report_chunks (
  report_id uuid not null references reports (id) on delete cascade,
  number integer not null,
  bytes bytea not null,
  primary key (report_id, number)
);
-- PDF and XLSX are packed already.
alter table report_chunks alter column bytes set storage external;

-- Everything of a user as one zip. Gone with their account, and after a week.
create table exports (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  status text not null check (status in ('queued', 'running', 'done', 'failed')),
  parts_written integer not null default 0,
  part_count integer,
  file_name text,
  byte_count bigint,
  detail text,
  created_at timestamptz not null,
  finished_at timestamptz,
  check ((status = 'done') = (file_name is not null and byte_count is not null))
);
create index exports_user on exports (user_id, id);
create index exports_created on exports (created_at);

create table export_chunks (
  export_id uuid not null references exports (id) on delete cascade,
  number integer not null,
  bytes bytea not null,
  primary key (export_id, number)
);
-- Packed already.
alter table export_chunks alter column bytes set storage external;

-- What an administrator told users. A job tells them, in batches; each user is told once.
create table announcements (
  id uuid primary key,
  created_by uuid references users (id) on delete set null,
  audience text not null check (audience in ('all', 'standard', 'premium', 'admin')),
  severity text not null check (severity in ('info', 'warning', 'critical')),
  -- { "en": { "title", "body" }, "de": … }
  words jsonb not null,
  -- Users up to this id were told.
  told_through uuid,
  told_count integer not null default 0,
  created_at timestamptz not null,
  finished_at timestamptz
);

-- A document of a user. Its bytes lie in the file storage, one file to a version; documents and their files are entered and taken out in
-- one transaction.
create table documents (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  portfolio_id uuid references portfolios (id) on delete set null,
  kind text not null check (kind in ('tax', 'certificate', 'statement', 'other')),
  name text not null,
  note text,
  tax_year integer,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index documents_user on documents (user_id, created_at desc, id desc);
create index documents_portfolio on documents (portfolio_id) where portfolio_id is not null;

-- A file in the storage. Its row is there before the first byte is written and until the last one is removed, so that no crash leaves
-- bytes that nobody knows of. It does not go with its user: a document whose files were not let go of cannot be deleted.
create table document_files (
  name text primary key check (name ~ '^[0-9a-f]{32}$'),
  user_id uuid not null,
  state text not null check (state in ('arriving', 'kept', 'leaving')),
  document_id uuid references documents (id),
  version integer,
  file_name text,
  media_type text,
  byte_count bigint,
  sha256 bytea,
  -- The file's own key, encrypted with the key of this id.
  key_id text not null,
  wrapped_key bytea not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- Since when the storage does not have its bytes although it should.
  missing_since timestamptz,
  constraint document_files_kept_whole check ((state = 'kept') = (document_id is not null)
    and (state <> 'kept' or (version is not null and file_name is not null and media_type is not null and byte_count > 0 and sha256 is not null))),
  constraint document_files_one_a_version unique (document_id, version)
);
create index document_files_user on document_files (user_id) where state = 'kept';
create index document_files_passing on document_files (changed_at) where state <> 'kept';

-- What a user follows. Places are rising numbers with gaps.
create table watchlists (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  note text not null default '',
  is_default boolean not null default false,
  position integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index watchlists_user on watchlists (user_id, is_default);
create unique index watchlists_one_default on watchlists (user_id) where is_default;
create unique index watchlists_name on watchlists (user_id, lower(name));

create table watchlist_items (
  watchlist_id uuid not null references watchlists (id) on delete cascade,
  instrument_key integer not null references instruments (key) on delete cascade,
  position integer not null,
  note text not null default '',
  target_price numeric(38, 18) check (target_price > 0),
  added_at timestamptz not null,
  primary key (watchlist_id, instrument_key)
);
create index watchlist_items_instrument on watchlist_items (instrument_key);

-- A portfolio at the close of each of its days, in its base currency: what performance is measured on. Derived: made anew from the month of
-- the first day that a correction touched. Statistics, so floating point. A row is a month and a day has one place in it, so no day is there
-- twice; `first_day` is the day of the month of the first entry.
create table snapshot_months (
  portfolio_id uuid not null references portfolios (id) on delete cascade,
  epoch integer not null,
  month date not null check (extract(day from month) = 1),
  first_day integer not null check (first_day >= 1),
  closing_values double precision[] not null,
  inflows double precision[] not null,
  outflows double precision[] not null,
  primary key (portfolio_id, epoch, month),
  check (first_day + cardinality(closing_values) <= 32 and cardinality(closing_values) > 0),
  check (cardinality(inflows) = cardinality(closing_values) and cardinality(outflows) = cardinality(closing_values))
);

-- Up to which day there are snapshots, and from which day on they are no longer true. `changes` counts what made them untrue, so that a
-- change during the making is not lost.
create table snapshot_states (
  portfolio_id uuid not null references portfolios (id) on delete cascade,
  epoch integer not null,
  through date,
  stale_from date,
  changes bigint not null default 0,
  primary key (portfolio_id, epoch)
);

-- How a portfolio should be spread: fractions of the whole, by one of five keys. Those of one key are replaced together and are at most 1.
create table allocation_targets (
  portfolio_id uuid not null references portfolios (id) on delete cascade,
  grouped_by text not null check (grouped_by in ('symbol', 'assetClass', 'sector', 'country', 'currency')),
  key text not null,
  target numeric(38, 18) not null check (target > 0 and target <= 1),
  primary key (portfolio_id, grouped_by, key)
);

-- What was done about an issue in a portfolio's records, so that doing it again answers the same.
create table quality_fixes (
  portfolio_id uuid not null references portfolios (id) on delete cascade,
  issue_id uuid not null,
  kind text not null check (kind in ('reverse', 'recordSplit', 'deposit')),
  transaction_id uuid not null,
  fixed_at timestamptz not null,
  primary key (portfolio_id, issue_id)
);

-- Facts that a stream channel tells (imports; later notifications): dense sequence, written with the effect, kept a day.
create table stream_facts (
  channel text not null,
  sequence bigint not null,
  at timestamptz not null,
  body jsonb not null,
  primary key (channel, sequence)
);

-- The count of a user's notifications: the number of the last fact on their stream channel, and how many they have not read.
create table notification_heads (
  user_id uuid primary key references users (id) on delete cascade,
  sequence bigint not null default 0,
  unread integer not null default 0 check (unread >= 0)
) with (fillfactor = 70);

-- What users are told. One that is not shown was written only to be sent somewhere.
create table notifications (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  kind text not null check (kind in ('fill', 'refusal', 'alert', 'marketMove', 'dividend', 'import', 'report', 'margin', 'security',
    'announcement')),
  severity text not null check (severity in ('info', 'warning', 'critical')),
  title text not null,
  body text not null default '',
  link text,
  -- Names the effect that it tells of: a user is told once of each.
  dedupe_key text not null,
  shown boolean not null,
  created_at timestamptz not null,
  read_at timestamptz
);
create unique index notifications_once on notifications (user_id, dedupe_key);
create index notifications_user on notifications (user_id, id) where shown;
create index notifications_unread on notifications (user_id, id) where shown and read_at is null;
create index notifications_created on notifications (created_at);

create table notification_preferences (
  user_id uuid primary key references users (id) on delete cascade,
  -- { kind: { channel: boolean } }, as far as they differ from what holds for everybody.
  channels jsonb not null default '{}',
  email_timing text not null default 'immediately' check (email_timing in ('immediately', 'daily')),
  -- HH:MM in the user's zone.
  digest_at text not null default '08:00',
  quiet_from text,
  quiet_to text,
  updated_at timestamptz not null,
  check ((quiet_from is null) = (quiet_to is null))
);

-- Up to which of its orders' events the owner of a portfolio was told.
create table order_notices (
  portfolio_id uuid primary key references portfolios (id) on delete cascade,
  sequence bigint not null
) with (fillfactor = 70);

-- Which lines a portfolio that trades on credit has passed, and how many it ever passed: its owner is told once of each.
create table margin_standings (
  portfolio_id uuid primary key references portfolios (id) on delete cascade,
  below_maintenance boolean not null default false,
  credit_low boolean not null default false,
  crossings integer not null default 0
);

create table webhooks (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  url text not null,
  description text not null default '',
  -- Null: all of them.
  kinds jsonb,
  secret bytea not null,
  -- After a rotation both sign until then.
  previous_secret bytea,
  previous_secret_until timestamptz,
  failures integer not null default 0,
  failing_since timestamptz,
  disabled_at timestamptz,
  disabled_because text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index webhooks_user on webhooks (user_id, id);

create table push_subscriptions (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  endpoint text not null unique,
  p256dh text not null,
  auth text not null,
  user_agent text not null default '',
  created_at timestamptz not null
);
create index push_subscriptions_user on push_subscriptions (user_id, id);

-- What is sent to the outside, kept until it has arrived or is given up. Its id is the stable id that receivers see.
create table deliveries (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  channel text not null check (channel in ('email', 'webhook', 'push')),
  notification_id uuid references notifications (id) on delete cascade,
  webhook_id uuid references webhooks (id) on delete cascade,
  push_subscription_id uuid references push_subscriptions (id) on delete cascade,
  -- A mail that is no notification: its address and text, sealed. Emptied when it has ended.
  mail bytea,
  is_digest boolean not null default false,
  status text not null default 'waiting' check (status in ('waiting', 'delivered', 'dead', 'skipped')),
  attempts integer not null default 0,
  -- Waiting: not before this instant. Whoever works on it moves it on, so that another takes over when they are gone.
  due_at timestamptz not null,
  response_status integer,
  detail text,
  created_at timestamptz not null,
  finished_at timestamptz,
  check ((channel = 'webhook') = (webhook_id is not null)),
  check ((channel = 'push') = (push_subscription_id is not null)),
  check (status <> 'waiting' or finished_at is null)
);
create unique index deliveries_once on deliveries (notification_id, channel, webhook_id, push_subscription_id) nulls not distinct
  where notification_id is not null;
create index deliveries_due on deliveries (due_at) where status = 'waiting';
create index deliveries_webhook on deliveries (webhook_id, id) where webhook_id is not null;
create index deliveries_finished on deliveries (finished_at) where finished_at is not null;

-- Keys that the server makes for itself on its first start, sealed.
create table server_keys (
  name text primary key,
  sealed bytea not null,
  created_at timestamptz not null
);

-- A standing question about an instrument, a watchlist or a portfolio. A deleted one is kept for a day, so that it can be restored.
-- One about a watchlist is asked by its members, a row per instrument of the list, which are watched and answer like any other.
create table alerts (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  condition text not null check (condition in ('priceAbove', 'priceBelow', 'crosses', 'crossesUp', 'crossesDown', 'percentChange',
    'volumeAbove', 'averageCross', 'rsiCross', 'newHigh', 'newLow', 'marketMove', 'portfolioValueAbove', 'portfolioValueBelow',
    'portfolioDayChange', 'positionWeightAbove', 'positionWeightBelow')),
  instrument_key integer references instruments (key) on delete cascade,
  portfolio_id uuid references portfolios (id) on delete cascade,
  watchlist_id uuid references watchlists (id) on delete cascade,
  -- Of a member: the alert that its owner made. A member whose instrument has left the list is marked as deleted, and keeps its events.
  parent_id uuid references alerts (id) on delete cascade,
  -- What the condition takes: thresholds, windows, periods.
  parameters jsonb not null default '{}',
  repeat text not null check (repeat in ('once', 'recurring')),
  cooldown_seconds integer not null default 0 check (cooldown_seconds >= 0),
  channels text[] not null,
  note text not null default '',
  status text not null default 'active' check (status in ('active', 'fired', 'paused', 'expired')),
  paused_because text check (paused_because in ('owner', 'storm')),
  expires_at timestamptz,
  snoozed_until timestamptz,
  -- Since when it asks what it asks: what was seen before does not count.
  asked_at timestamptz not null,
  -- Rises with every change of what it asks or how it stands. An answer to an earlier version is none.
  version integer not null default 1,
  fired_count integer not null default 0,
  -- When it answered last, and what the watched series stood at then.
  last_fired_at timestamptz,
  last_value numeric(38, 18),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  check ((status = 'paused') = (paused_because is not null)),
  check (instrument_key is not null or portfolio_id is not null or watchlist_id is not null),
  check (watchlist_id is null or (instrument_key is null and portfolio_id is null and parent_id is null)),
  check (parent_id is null or instrument_key is not null)
);
create index alerts_user on alerts (user_id, id) where deleted_at is null;
create index alerts_active on alerts (id) where status = 'active' and deleted_at is null;
create unique index alerts_members on alerts (parent_id, instrument_key) where parent_id is not null;
create index alerts_watchlist on alerts (watchlist_id) where watchlist_id is not null;
create index alerts_updated on alerts (updated_at);
create index alerts_instrument on alerts (instrument_key);
create index alerts_portfolio on alerts (portfolio_id);

-- What an alert answered. A sample (a tick, a bar) is answered once, whichever server looked at it.
create table alert_events (
  id uuid primary key,
  alert_id uuid not null references alerts (id) on delete cascade,
  sample text not null,
  at timestamptz not null,
  before numeric(38, 18),
  value numeric(38, 18) not null,
  level numeric(38, 18) not null,
  price numeric(38, 18),
  price_before numeric(38, 18),
  direction text not null check (direction in ('rising', 'falling')),
  paused boolean not null,
  constraint alert_events_once unique (alert_id, sample)
);
create index alert_events_alert on alert_events (alert_id, id);

-- What the watched series stood at when they were last written down, and when: where a server that starts begins to look.
create table alert_marks (
  series text primary key,
  at timestamptz not null,
  value numeric(38, 18) not null
) with (fillfactor = 70);

create table alert_settings (
  user_id uuid primary key references users (id) on delete cascade,
  market_move_percent numeric(38, 18) not null check (market_move_percent > 0),
  market_move_sigmas numeric(38, 18) not null check (market_move_sigmas > 0)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the rows of % are facts and are never changed', tg_table_name using errcode = 'restrict_violation';
end $$;
create function guard_transaction() returns trigger language plpgsql as $$
begin
  if old.superseded_at is not null or (to_jsonb(new) - 'superseded_at') is distinct from (to_jsonb(old) - 'superseded_at') then
    raise exception 'a transaction is corrected by a new version, never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger transactions_are_facts before update on transactions for each row execute function guard_transaction();
create trigger transfers_are_facts before update on transfers for each row execute function refuse_change();
create trigger alert_events_are_facts before update on alert_events for each row execute function refuse_change();
create trigger order_events_are_facts before update on order_events for each row execute function refuse_change();
create trigger audit_entries_are_facts before update or delete on audit_entries for each row execute function refuse_change();

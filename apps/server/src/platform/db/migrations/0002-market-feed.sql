-- What providers of market data were asked and why they were not, what they gave besides prices, and how far the past is filled.

-- Calls by second, so that quotas hold over restarts and over servers. Older rows than the longest quota go.
create table provider_usage (
  provider text not null,
  at timestamptz not null,
  calls integer not null check (calls > 0),
  primary key (provider, at)
);

create table provider_health (
  provider text primary key,
  last_answer_at timestamptz,
  last_skip_at timestamptz,
  last_skip_reason text,
  last_skip_detail text,
  paused_until timestamptz
);

create table provider_skips (
  provider text not null,
  day date not null,
  reason text not null,
  count integer not null,
  last_at timestamptz not null,
  detail text not null,
  primary key (provider, day, reason)
);

-- How far back and up to when the daily bars of an instrument came from its source.
create table history_fills (
  instrument_key integer primary key references instruments (key) on delete cascade,
  source text not null,
  filled_from date,
  filled_to date,
  tried_at timestamptz not null,
  actions_tried_at timestamptz
);

-- Which days have their minutes or hours, since somebody looked at them: asked for at this instant, of this source.
create table minute_fills (
  instrument_key integer not null references instruments (key) on delete cascade,
  source text not null,
  interval text not null check (interval in ('1m', '1h')),
  day date not null,
  asked_at timestamptz not null,
  primary key (instrument_key, source, interval, day)
);

-- The replay that all servers play: which instant of the recording was played when, and how fast it goes.
create table replay_run (
  only_one boolean primary key default true check (only_one),
  from_at timestamptz not null,
  speed integer not null check (speed > 0),
  started_at timestamptz not null
);

-- Units of a currency per one of `base`.
create table exchange_rates (
  base text not null,
  currency text not null,
  day date not null,
  rate numeric(38, 18) not null check (rate > 0),
  source text not null,
  primary key (base, currency, day)
);

-- What changed one unit of an instrument. One of a kind a day; what an administrator wrote is not overwritten by a provider.
create table corporate_actions (
  id uuid primary key,
  instrument_key integer not null references instruments (key) on delete cascade,
  kind text not null check (kind in ('split', 'cashDividend')),
  ex_on date not null,
  pay_on date,
  new_shares numeric(38, 18),
  old_shares numeric(38, 18),
  amount_per_share numeric(38, 18),
  currency text,
  source text not null,
  created_at timestamptz not null,
  constraint corporate_actions_once unique (instrument_key, kind, ex_on),
  check ((kind = 'split') = (new_shares is not null and old_shares is not null)),
  check ((kind = 'cashDividend') = (amount_per_share is not null and currency is not null))
);

-- What keeps a sign-in safe: devices, failures, second factors, passkeys, API keys, and what is proved by mail.

-- Devices that signed in before. The hash is of program and network, under a key of the server.
create table known_devices (
  user_id uuid not null references users (id) on delete cascade,
  device_hash bytea not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (user_id, device_hash)
);

-- Wrong passwords and codes, by what they were tried on: an account from an address, an account, an address.
create table failed_attempts (
  subject text primary key,
  count integer not null,
  last_at timestamptz not null
);
create index failed_attempts_last_at on failed_attempts (last_at);

-- The authenticator app of a user. The secret is sealed; key_id names the key that opens it. A time step is good once.
create table totp_factors (
  user_id uuid primary key references users (id) on delete cascade,
  key_id text not null,
  sealed_secret bytea not null,
  last_step bigint,
  created_at timestamptz not null,
  confirmed_at timestamptz
);

create table recovery_codes (
  user_id uuid not null references totp_factors (user_id) on delete cascade,
  number smallint not null,
  code_hash text not null,
  used_at timestamptz,
  primary key (user_id, number)
);

create table passkeys (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  backed_up boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_user on passkeys (user_id, id);

-- A challenge carries its own proof; that it was used is all that has to be kept, until it would have ended.
create table used_challenges (
  challenge text primary key,
  expires_at timestamptz not null
);

create table api_keys (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  start text not null,
  key_hash bytea not null unique,
  scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['read', 'trade', 'write', 'admin']),
  -- The user's when the key was made: it ends with everything else that was issued under that version.
  token_version integer not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_user on api_keys (user_id, id) where revoked_at is null;

-- What was mailed to prove an address or to choose a new password. One of a purpose is good at a time, and once.
create table mailed_tokens (
  token_hash bytea primary key,
  user_id uuid not null references users (id) on delete cascade,
  purpose text not null check (purpose in ('verifyEmail', 'changeEmail', 'resetPassword')),
  email text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create unique index mailed_tokens_one on mailed_tokens (user_id, purpose);

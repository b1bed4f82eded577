-- Bytes that are on their way: written before the first byte is stored, gone when the file is staged or refused. What a
-- crash leaves in the storage is thereby known without listing it.
create table arriving_file (
  tenant      text not null default current_setting('app.tenant') references tenant (tenant),
  id          uuid not null,
  storage_key text not null,
  begun_at    timestamptz not null,
  primary key (tenant, id)
);
create index arriving_file_by_age on arriving_file (tenant, begun_at);

-- Received and checked, waiting to be claimed by an act. The token is kept hashed; `staged_by` is a person, a program
-- or "browser:<hash>". Set dropped_at: the sweep has taken it, nobody can claim it any more.
create table staged_file (
  tenant      text not null default current_setting('app.tenant') references tenant (tenant),
  id          uuid not null,
  token_hash  text not null,
  name        text not null check (char_length(name) between 1 and 240),
  type        text not null,
  size        bigint not null check (size > 0),
  sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  storage_key text not null,
  staged_by   text not null,
  staged_at   timestamptz not null,
  claimed_at  timestamptz,
  dropped_at  timestamptz check (dropped_at is null or claimed_at is null),
  primary key (tenant, id),
  unique (tenant, token_hash)
);
create index staged_file_by_owner on staged_file (tenant, staged_by, staged_at);
create index staged_file_by_age on staged_file (tenant, staged_at);

-- Kept, about one thing of another module. It has the id and the storage key of the staged file it was: a claim moves
-- no bytes and can't happen twice. Set released_at: its owner gave it up, the bytes are being removed.
create table file (
  tenant      text not null default current_setting('app.tenant') references tenant (tenant),
  id          uuid not null,
  name        text not null check (char_length(name) between 1 and 240),
  type        text not null,
  size        bigint not null check (size > 0),
  sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  storage_key text not null,
  kept_at     timestamptz not null,
  about       jsonb not null check (about ?& array['module', 'kind', 'id']),
  released_at timestamptz,
  primary key (tenant, id)
);
create index file_about on file (tenant, about) where released_at is null;
create index file_released on file (tenant, released_at) where released_at is not null;

do $$
declare t text;
begin
  foreach t in array array['arriving_file', 'staged_file', 'file'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I using (tenant = current_setting(''app.tenant'', true))', t);
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
grant select, insert, delete on arriving_file, staged_file, file to app;
grant update (claimed_at, dropped_at) on staged_file to app;
grant update (released_at) on file to app;

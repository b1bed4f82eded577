-- Who is signed in. The id is the hash of the cookie's token: a copy of this table opens nothing.
create table session (
  tenant      text not null default current_setting('app.tenant') references tenant (tenant),
  id          text not null,
  person      uuid not null,
  assurance   text not null,
  provider    text not null,
  created_at  timestamptz not null,
  seen_at     timestamptz not null,
  idle_until  timestamptz not null,
  ends_at     timestamptz not null,
  ended_at    timestamptz,
  primary key (tenant, id)
);
create index session_by_person on session (tenant, person) where ended_at is null;
alter table session enable row level security;
create policy own_tenant on session using (tenant = current_setting('app.tenant', true));
alter table session force row level security;
grant select, insert, update, delete on session to app;

-- What somebody had typed when the sign-in ran out: encrypted, released to that person (or that browser) only, once.
create table kept_input (
  tenant  text not null default current_setting('app.tenant') references tenant (tenant),
  id      uuid not null,
  person  uuid,
  browser text,
  path    text not null,
  sealed  text not null,
  kept_at timestamptz not null,
  primary key (tenant, id),
  check (person is not null or browser is not null)
);
alter table kept_input enable row level security;
create policy own_tenant on kept_input using (tenant = current_setting('app.tenant', true));
alter table kept_input force row level security;
grant select, insert, delete on kept_input to app;

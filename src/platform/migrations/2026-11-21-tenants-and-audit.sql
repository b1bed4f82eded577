-- The registry of tenants lies above them: everybody may read it, each tenant may change its own row.
create table tenant (
  tenant         text primary key check (tenant ~ '^[a-z][a-z0-9-]{0,62}$'),
  name           text not null check (char_length(name) between 1 and 60),
  kind           text not null check (kind in ('prefecture', 'municipality')),
  parent         text references tenant (tenant),
  hosts          text[] not null default '{}',
  fictional      boolean not null default false,
  key_colour     text not null default 'green',
  contact_office text,
  contact_phone  text,
  contact_mail   text,
  contact_hours  text,
  ordinal        integer not null default 0
);
alter table tenant enable row level security;
create policy everybody_reads on tenant for select using (true);
create policy own_tenant on tenant for update using (tenant = current_setting('app.tenant', true));
-- Tenants are added by the owner's login only (the installation's seed, an operator).
create policy owner_adds on tenant for insert with check (current_user <> 'app');
alter table tenant force row level security;
grant select on tenant to app;
grant update (name, key_colour, contact_office, contact_phone, contact_mail, contact_hours) on tenant to app;

-- Append-only for the application: no update, no delete.
create table audit (
  tenant     text not null default current_setting('app.tenant') references tenant (tenant),
  id         uuid not null,
  at         timestamptz not null,
  act        text not null,
  kind       text not null check (kind in ('act', 'read', 'refusal')),
  actor      text,
  actor_kind text not null check (actor_kind in ('person', 'token', 'system', 'visitor')),
  represents text,
  subjects   jsonb not null,
  primary key (tenant, id)
);
create index audit_by_time on audit (tenant, at desc);
create index audit_by_actor on audit (tenant, actor, at desc);
create index audit_by_subject on audit using gin (subjects jsonb_path_ops);
alter table audit enable row level security;
create policy own_tenant on audit using (tenant = current_setting('app.tenant', true));
alter table audit force row level security;
grant select, insert on audit to app;

-- Limits hold for all processes together. Lost on a crash of the server, which only forgives.
create unlogged table hit (
  tenant text not null default current_setting('app.tenant'),
  key    text not null,
  since  timestamptz not null,
  count  integer not null,
  primary key (tenant, key, since)
);
alter table hit enable row level security;
create policy own_tenant on hit using (tenant = current_setting('app.tenant', true));
alter table hit force row level security;
grant select, insert, update, delete on hit to app;

-- Which modules have filled which tenant with its demonstration town.
create table seeded (
  tenant text not null default current_setting('app.tenant') references tenant (tenant),
  module text not null,
  at     timestamptz not null,
  primary key (tenant, module)
);
alter table seeded enable row level security;
create policy own_tenant on seeded using (tenant = current_setting('app.tenant', true));
alter table seeded force row level security;
grant select, insert on seeded to app;

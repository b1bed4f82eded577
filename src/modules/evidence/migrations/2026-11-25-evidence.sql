-- The audit trail as a hash tree that only grows (RFC 6962). A checkpoint adds a batch of entries to it and is chained
-- to the one before by its hash. `columns`: what an entry consisted of at that time. `horizon`: all that was written
-- by transactions below it was in the tree then, as counted by the database server `cluster`. `frontier`: the roots of
-- the tree's full subtrees, from which it goes on growing. `complete`: nothing that could be seen was left for the next.
create table audit_checkpoint (
  tenant    text not null default current_setting('app.tenant') references tenant (tenant),
  number    integer not null check (number > 0),
  size      bigint not null check (size > 0),
  root      text not null check (root ~ '^[0-9a-f]{64}$'),
  frontier  text[] not null,
  columns   text[] not null,
  sealed_at timestamptz not null,
  horizon   xid8 not null,
  cluster   text,
  complete  boolean not null,
  previous  text not null check (previous ~ '^([0-9a-f]{64})?$'),
  hash      text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (tenant, number)
);
create index audit_checkpoint_by_time on audit_checkpoint (tenant, sealed_at);

-- Which entry stands at which place of the tree (from 0). Without a foreign key to the entry, which would lock entries
-- while they are sealed, and forbid a removal that is to be seen.
create table audit_leaf (
  tenant     text not null default current_setting('app.tenant') references tenant (tenant),
  position   bigint not null check (position >= 0),
  checkpoint integer not null,
  entry      uuid not null,
  hash       text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (tenant, position),
  unique (tenant, entry),
  foreign key (tenant, checkpoint) references audit_checkpoint (tenant, number)
);

do $$
declare t text;
begin
  foreach t in array array['audit_checkpoint', 'audit_leaf'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I using (tenant = current_setting(''app.tenant'', true))', t);
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
grant select, insert on audit_checkpoint, audit_leaf to app;

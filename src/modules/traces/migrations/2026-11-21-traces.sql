-- What led to what: a link between two things of any two modules. Nothing is deleted: a link that was wrong is withdrawn.
create table trace (
  tenant       text not null default current_setting('app.tenant') references tenant (tenant),
  id           uuid not null,
  from_module  text not null,
  from_kind    text not null,
  from_id      text not null,
  to_module    text not null,
  to_kind      text not null,
  to_id        text not null,
  kind         text not null check (kind ~ '^[a-z][a-z-]{1,40}$'),
  reason       text not null check (reason <> ''),
  made_by      text not null,
  made_at      timestamptz not null,
  withdrawn_by text,
  withdrawn_at timestamptz,
  primary key (tenant, id),
  check ((from_module, from_kind, from_id) <> (to_module, to_kind, to_id)),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create unique index trace_live on trace (tenant, from_module, from_kind, from_id, to_module, to_kind, to_id, kind)
  where withdrawn_at is null;
create index trace_back on trace (tenant, to_module, to_kind, to_id) where withdrawn_at is null;

alter table trace enable row level security;
create policy own_tenant on trace using (tenant = current_setting('app.tenant', true));
alter table trace force row level security;
grant select, insert on trace to app;
grant update (withdrawn_by, withdrawn_at) on trace to app;

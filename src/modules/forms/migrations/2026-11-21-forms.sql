-- A form (様式) and its published versions. A version never changes: what was filed is read against it for ever.
create table form (
  tenant     text not null default current_setting('app.tenant') references tenant (tenant),
  id         uuid not null,
  title      text not null check (char_length(title) between 1 and 200),
  created_at timestamptz not null,
  primary key (tenant, id)
);
create table form_version (
  tenant       text not null default current_setting('app.tenant'),
  form         uuid not null,
  version      integer not null check (version > 0),
  definition   jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (tenant, form, version),
  foreign key (tenant, form) references form (tenant, id)
);

-- What somebody is filling in (下書き). `owner` is an actor's id or "browser:" and a hash; `loose` is what was typed but
-- is not yet right, by page, so that it is there again.
create table draft (
  tenant     text not null default current_setting('app.tenant'),
  id         uuid not null,
  form       uuid not null,
  version    integer not null,
  owner      text not null,
  answers    jsonb not null,
  loose      jsonb not null,
  revision   integer not null default 0,
  started_at timestamptz not null,
  saved_at   timestamptz not null,
  filed_at   timestamptz,
  primary key (tenant, id),
  foreign key (tenant, form, version) references form_version (tenant, form, version)
);
create index draft_by_owner on draft (tenant, owner, saved_at desc) where filed_at is null;
create index draft_by_age on draft (tenant, saved_at);

do $$
declare t text;
begin
  foreach t in array array['form', 'form_version', 'draft'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I using (tenant = current_setting(''app.tenant'', true))', t);
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
grant select, insert on form, form_version to app;
grant select, insert, update, delete on draft to app;

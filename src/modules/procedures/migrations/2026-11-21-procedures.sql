-- A procedure (手続) as the public finds it. Its form is filled in in `forms`.
create table procedure (
  tenant        text not null default current_setting('app.tenant') references tenant (tenant),
  id            uuid not null,
  slug          text not null check (slug ~ '^[a-z][a-z0-9-]{0,60}$'),
  title         text not null check (char_length(title) between 1 and 100),
  summary       text not null,
  explanation   text not null,
  form          uuid not null,
  section       uuid,
  state         text not null check (state in ('draft', 'published', 'closed')),
  opens_at      timestamptz,
  closes_at     timestamptz,
  standard_days integer check (standard_days > 0),
  legal_basis   text,
  name_field    text,
  mail_field    text,
  updated_at    timestamptz not null,
  primary key (tenant, id),
  unique (tenant, slug),
  -- A draft knows its form only.
  unique (tenant, form),
  foreign key (tenant, form) references form (tenant, id)
);

-- A filing (申請). It has arrived (到達) when this row is committed; one draft becomes one filing, whatever is repeated.
create table filing (
  tenant     text not null default current_setting('app.tenant'),
  id         uuid not null,
  number     text not null,
  procedure  uuid not null,
  draft      uuid not null,
  form       uuid not null,
  version    integer not null,
  state      text not null check (state in ('received', 'reviewing', 'correcting', 'approved', 'rejected', 'withdrawn')),
  applicant  text,
  name       text,
  mail       text,
  edition    integer not null default 1,
  arrived_at timestamptz not null,
  closed_at  timestamptz,
  primary key (tenant, id),
  unique (tenant, number),
  unique (tenant, draft),
  foreign key (tenant, procedure) references procedure (tenant, id),
  foreign key (tenant, form, version) references form_version (tenant, form, version)
);
create index filing_queue on filing (tenant, state, arrived_at);
create index filing_by_procedure on filing (tenant, procedure, arrived_at);
create index filing_by_applicant on filing (tenant, applicant, arrived_at desc) where applicant is not null;

-- What was filed, as it was filed: the first edition, and one more for each correction (補正).
create table filing_edition (
  tenant   text not null default current_setting('app.tenant'),
  filing   uuid not null,
  edition  integer not null,
  answers  jsonb not null,
  filed_at timestamptz not null,
  primary key (tenant, filing, edition),
  foreign key (tenant, filing) references filing (tenant, id)
);

-- What happened to it, in order (経過). Notes are shown to the applicant unless `inside`.
create table filing_event (
  tenant text not null default current_setting('app.tenant'),
  id     uuid not null,
  filing uuid not null,
  at     timestamptz not null,
  kind   text not null,
  actor  text,
  note   text,
  inside boolean not null default false,
  primary key (tenant, id),
  foreign key (tenant, filing) references filing (tenant, id)
);
create index filing_event_by_filing on filing_event (tenant, filing, at);

-- What an applicant is asked to correct: fields with reasons, and until when.
create table correction (
  tenant      text not null default current_setting('app.tenant'),
  id          uuid not null,
  filing      uuid not null,
  items       jsonb not null,
  due_on      date not null,
  asked_at    timestamptz not null,
  answered_at timestamptz,
  primary key (tenant, id),
  foreign key (tenant, filing) references filing (tenant, id)
);
create unique index correction_open on correction (tenant, filing) where answered_at is null;

-- Browsers that have shown receipt number and mail address (or have filed): they see the state for a while.
create table filing_access (
  tenant  text not null default current_setting('app.tenant'),
  filing  uuid not null,
  visitor text not null,
  until   timestamptz not null,
  primary key (tenant, filing, visitor),
  foreign key (tenant, filing) references filing (tenant, id)
);

do $$
declare t text;
begin
  foreach t in array array['procedure', 'filing', 'filing_edition', 'filing_event', 'correction', 'filing_access'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I using (tenant = current_setting(''app.tenant'', true))', t);
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
grant select, insert, update on procedure, filing, correction to app;
grant select, insert on filing_edition, filing_event to app;
grant select, insert, update, delete on filing_access to app;

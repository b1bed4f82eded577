-- Departments (部局) and sections (課) keep their identity through renaming and moving; each state has its dates.
create table unit (
  tenant text not null default current_setting('app.tenant') references tenant (tenant),
  id     uuid not null,
  kind   text not null check (kind in ('department', 'section')),
  primary key (tenant, id)
);
create table unit_state (
  tenant     text not null default current_setting('app.tenant'),
  unit       uuid not null,
  valid_from date not null,
  valid_to   date check (valid_to > valid_from),
  name       text not null check (char_length(name) between 1 and 80),
  parent     uuid,
  ordinal    integer not null default 0,
  primary key (tenant, unit, valid_from),
  foreign key (tenant, unit) references unit (tenant, id),
  foreign key (tenant, parent) references unit (tenant, id)
);

-- A resident, a member of staff or a company. Names are kept as typed: no normalisation, any character of Unicode.
create table person (
  tenant           text not null default current_setting('app.tenant') references tenant (tenant),
  id               uuid not null,
  kind             text not null check (kind in ('resident', 'staff', 'company')),
  name             text not null check (char_length(name) between 1 and 200),
  reading          text,
  mail             text,
  mail_verified_at timestamptz,
  corporate_number text,
  created_at       timestamptz not null,
  disabled_at      timestamptz,
  primary key (tenant, id)
);
create unique index person_by_mail on person (tenant, lower(mail)) where mail_verified_at is not null and kind = 'resident';

-- How a person is recognised again: the provider's issuer and its name for the person.
create table sign_in (
  tenant     text not null default current_setting('app.tenant'),
  issuer     text not null,
  subject    text not null,
  person     uuid not null,
  linked_at  timestamptz not null,
  primary key (tenant, issuer, subject),
  foreign key (tenant, person) references person (tenant, id)
);
create index sign_in_by_person on sign_in (tenant, person);

-- Where somebody works, with history.
create table membership (
  tenant     text not null default current_setting('app.tenant'),
  id         uuid not null,
  person     uuid not null,
  section    uuid,
  valid_from date not null,
  valid_to   date,
  primary key (tenant, id),
  foreign key (tenant, person) references person (tenant, id),
  foreign key (tenant, section) references unit (tenant, id)
);
create unique index membership_now on membership (tenant, person) where valid_to is null;

-- A role and where it holds: the whole tenant (both null), a department, or a section.
create table role_grant (
  tenant     text not null default current_setting('app.tenant'),
  id         uuid not null,
  person     uuid not null,
  role       text not null,
  department uuid,
  section    uuid,
  granted_at timestamptz not null,
  granted_by text not null,
  revoked_at timestamptz,
  revoked_by text,
  primary key (tenant, id),
  foreign key (tenant, person) references person (tenant, id),
  foreign key (tenant, department) references unit (tenant, id),
  foreign key (tenant, section) references unit (tenant, id),
  check (department is null or section is null)
);
create unique index role_grant_once on role_grant
  (tenant, person, role, coalesce(department, section, '00000000-0000-0000-0000-000000000000')) where revoked_at is null;

-- A program's way in. Only the hash is kept; the token is shown once.
create table api_token (
  tenant     text not null default current_setting('app.tenant') references tenant (tenant),
  id         uuid not null,
  hash       text not null,
  name       text not null check (char_length(name) between 1 and 80),
  roles      text[] not null,
  scopes     text[] not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (tenant, id),
  unique (tenant, hash)
);

-- Between leaving for an identity provider and coming back: sealed, bound to the browser, used once, ten minutes.
create table sign_in_flow (
  tenant     text not null default current_setting('app.tenant') references tenant (tenant),
  id         text not null,
  browser    text not null,
  sealed     text not null,
  started_at timestamptz not null,
  primary key (tenant, id)
);

-- A one-time code sent by mail. Address and code are hashed or sealed; five tries.
create table mail_code (
  tenant     text not null default current_setting('app.tenant') references tenant (tenant),
  id         uuid not null,
  browser    text not null,
  sealed     text not null,
  code       text not null,
  tries      integer not null default 0,
  sent_at    timestamptz not null,
  used_at    timestamptz,
  primary key (tenant, id)
);

do $$
declare t text;
begin
  foreach t in array array['unit', 'unit_state', 'person', 'sign_in', 'membership', 'role_grant', 'api_token',
                           'sign_in_flow', 'mail_code'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I using (tenant = current_setting(''app.tenant'', true))', t);
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
grant select, insert on unit to app;
grant select, insert, update on unit_state, person, membership, role_grant, api_token to app;
grant select, insert, update, delete on sign_in, sign_in_flow, mail_code to app;

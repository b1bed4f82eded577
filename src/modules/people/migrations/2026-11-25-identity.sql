-- A company is known by its 法人番号, once in each tenant. The check digit is checked by the application.
alter table person add constraint company_has_number check (kind <> 'company' or corporate_number ~ '^[0-9]{13}$');
create unique index person_by_corporate_number on person (tenant, corporate_number) where kind = 'company';

-- A person may have several sign-ins, each linked by the person's own consent, and can take one away.
alter table sign_in add column id uuid not null default gen_random_uuid();
alter table sign_in add column profile text not null default 'office' check (profile in ('office', 'card', 'gbizid'));
alter table sign_in add column provider text;
alter table sign_in add column last_at timestamptz;
create unique index sign_in_by_id on sign_in (tenant, id);

-- Who may act for a company, since when, and how we know: by a GビズID account, or entered by the office.
create table company_member (
  tenant   text not null default current_setting('app.tenant'),
  id       uuid not null,
  company  uuid not null,
  person   uuid not null,
  account  text check (account in ('entry', 'member', 'prime')),
  source   text not null check (source in ('gbizid', 'office')),
  sign_in  uuid,
  since    timestamptz not null,
  until    timestamptz,
  ended_by text,
  reason   text,
  primary key (tenant, id),
  foreign key (tenant, company) references person (tenant, id),
  foreign key (tenant, person) references person (tenant, id),
  check ((source = 'gbizid') = (account is not null))
);
create unique index company_member_now on company_member (tenant, company, person) where until is null;
create index company_member_by_person on company_member (tenant, person) where until is null;

-- What a provider has vouched for, with the day and the way: never mixed with what people say of themselves.
create table verified_attribute (
  tenant      text not null default current_setting('app.tenant'),
  person      uuid not null,
  name        text not null check (name in ('name', 'address', 'birthdate', 'gender', 'corporate_number')),
  value       text not null,
  verified_at timestamptz not null,
  method      text not null,
  primary key (tenant, person, name),
  foreign key (tenant, person) references person (tenant, id)
);

-- Acting for another (委任, 法定代理): for whom, by whom, for which procedures (null = all), until when. Nothing is deleted.
create table mandate (
  tenant      text not null default current_setting('app.tenant'),
  id          uuid not null,
  kind        text not null check (kind in ('delegated', 'legal')),
  source      text not null check (source in ('granted', 'office', 'gbizid')),
  principal   uuid not null,
  agent       uuid,
  -- To whom it is offered: whoever has proved to read this mailbox may accept.
  mail        text,
  procedures  uuid[],
  -- How surely the office knew whoever granted it: a filing may not ask for more than that.
  assurance   text not null check (assurance in ('mail', 'account', 'card')),
  account     text check (account in ('entry', 'member', 'prime')),
  reason      text,
  granted_at  timestamptz not null,
  granted_by  text not null,
  accepted_at timestamptz,
  expires_at  timestamptz not null,
  revoked_at  timestamptz,
  revoked_by  text,
  primary key (tenant, id),
  foreign key (tenant, principal) references person (tenant, id),
  foreign key (tenant, agent) references person (tenant, id),
  check (agent is not null or mail is not null),
  check (agent is null or agent <> principal)
);
create index mandate_by_agent on mandate (tenant, agent) where revoked_at is null;
create index mandate_by_principal on mandate (tenant, principal);
create index mandate_by_mail on mandate (tenant, lower(mail)) where accepted_at is null and revoked_at is null;

-- Which role a group of the office's provider gives, and where. A line that ends takes its roles with it.
create table group_role (
  tenant     text not null default current_setting('app.tenant') references tenant (tenant),
  id         uuid not null,
  provider   text not null,
  name       text not null check (char_length(name) between 1 and 200),
  role       text not null,
  department uuid,
  section    uuid,
  entered_at timestamptz not null,
  entered_by text not null,
  removed_at timestamptz,
  removed_by text,
  primary key (tenant, id),
  foreign key (tenant, department) references unit (tenant, id),
  foreign key (tenant, section) references unit (tenant, id),
  check (department is null or section is null)
);
create unique index group_role_once on group_role
  (tenant, provider, name, role, coalesce(department, section, '00000000-0000-0000-0000-000000000000')) where removed_at is null;
alter table role_grant add column group_role uuid;
alter table role_grant add foreign key (tenant, group_role) references group_role (tenant, id);

do $$
declare t text;
begin
  foreach t in array array['company_member', 'verified_attribute', 'mandate', 'group_role'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I using (tenant = current_setting(''app.tenant'', true))', t);
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
grant select, insert, update on company_member, mandate, group_role to app;
grant select, insert, update, delete on verified_attribute to app;

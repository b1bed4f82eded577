-- The form in which people are searched, kept by the application with every name (core/text.ts). Never shown.
alter table person add column search text not null default '';
do $$
declare town record;
begin
  -- The owner is subject to forced row-level security: rows are reached tenant by tenant.
  for town in select tenant from tenant loop
    perform set_config('app.tenant', town.tenant, true);
    update person set search = translate(
      lower(normalize(concat_ws(' ', name, reading, mail), nfkc)),
      'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖ',
      'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ');
  end loop;
  perform set_config('app.tenant', '', true);
end $$;
create index person_by_kind on person (tenant, kind);

-- Why a role was given, in the words of whoever gave it.
alter table role_grant add column reason text;

-- A token's name says what it is for, so no two living ones share it; a form sent twice makes one token.
create unique index api_token_by_name on api_token (tenant, name) where revoked_at is null;

-- Somebody who was entered before they ever signed in: how the office's provider will make them known, for thirty days.
create table invitation (
  tenant     text not null default current_setting('app.tenant'),
  id         uuid not null,
  person     uuid not null,
  provider   text not null,
  -- The provider's own name for the person; without it, the mail address decides if the provider has verified it.
  subject    text check (char_length(subject) between 1 and 255),
  mail       text not null,
  invited_at timestamptz not null,
  invited_by text not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  primary key (tenant, id),
  foreign key (tenant, person) references person (tenant, id)
);
create index invitation_by_person on invitation (tenant, person);
create index invitation_open on invitation (tenant, provider) where used_at is null;
alter table invitation enable row level security;
create policy own_tenant on invitation using (tenant = current_setting('app.tenant', true));
alter table invitation force row level security;
grant select, insert, update on invitation to app;

-- In which other tenants of the instance is the same sign-in known? The one question that crosses tenants: it answers
-- with tenants' ids only, and only about a person of the tenant that asks. Row-level security holds inside too (it is
-- forced on the owner), so the function enters each tenant in turn and comes back.
create function offices_elsewhere(who uuid) returns setof text
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  here    text := current_setting('app.tenant', true);
  town    record;
  issuers  text[];
  subjects text[];
begin
  select array_agg(s.issuer), array_agg(s.subject) into issuers, subjects
    from sign_in s join person p on p.tenant = s.tenant and p.id = s.person
    where s.tenant = here and s.person = who and p.disabled_at is null;
  if issuers is null then
    return;
  end if;
  for town in select t.tenant from tenant t where t.tenant <> here order by t.ordinal, t.tenant loop
    perform set_config('app.tenant', town.tenant, true);
    if exists (
      select from sign_in s join person p on p.tenant = s.tenant and p.id = s.person
        where s.tenant = town.tenant and p.disabled_at is null
          and (s.issuer, s.subject) in (select i, n from unnest(issuers, subjects) as known (i, n))
    ) then
      return next town.tenant;
    end if;
  end loop;
  perform set_config('app.tenant', here, true);
end $$;
revoke all on function offices_elsewhere(uuid) from public;
grant execute on function offices_elsewhere(uuid) to app;

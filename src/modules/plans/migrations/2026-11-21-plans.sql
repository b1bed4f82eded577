-- What was imported, when and by whom, with the document as it came. It is history: nothing here is ever altered.
create table plan_import (
  tenant         text not null default current_setting('app.tenant') references tenant (tenant),
  id             uuid not null,
  kind           text not null check (kind in ('plan', 'live')),
  -- Of the document's UTF-8 bytes: what `sha256sum` says of the file.
  sha256         text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  document       text not null check (octet_length(document) <= 5242880),
  format_version text,
  about          text,
  conventions    jsonb not null,
  -- Keys of the document that the model does not know; so in every `extra` below.
  extra          jsonb not null,
  -- Ids of the plans, or of the indicators ("measure/indicator"), that it brought.
  brought        text[] not null,
  imported_at    timestamptz not null,
  imported_by    text not null,
  primary key (tenant, id)
);
create index plan_import_by_sha256 on plan_import (tenant, kind, sha256);
create index plan_import_by_time on plan_import (tenant, imported_at desc);

-- Documents and offices as one imported document names them: another document may use the same ids for others.
create table plan_source (
  tenant     text not null default current_setting('app.tenant'),
  import     uuid not null,
  id         text not null,
  ordinal    integer not null,
  title      text not null,
  title_note text,
  extra      jsonb not null,
  primary key (tenant, import, id),
  foreign key (tenant, import) references plan_import (tenant, id)
);
create table plan_organisation (
  tenant     text not null default current_setting('app.tenant'),
  import     uuid not null,
  id         text not null,
  ordinal    integer not null,
  name       text not null,
  kind       text,
  parent     text,
  valid_from date,
  valid_to   date,
  note       text,
  extra      jsonb not null,
  primary key (tenant, import, id),
  foreign key (tenant, import) references plan_import (tenant, id)
);

-- Fiscal years are the western years in which they begin. Null = not in the documents, or not legible; never zero.
create table plan (
  tenant           text not null default current_setting('app.tenant'),
  id               text not null check (char_length(id) between 1 and 120),
  -- The name in addresses, made of the id.
  slug             text not null check (slug ~ '^[a-z0-9][a-z0-9._-]{0,159}$'),
  import           uuid not null,
  ordinal          integer not null,
  title            text,
  role             text,
  parent_plan      text,
  revises          text,
  revision_kind    text,
  start_fy         integer,
  end_fy           integer check (end_fy >= start_fy),
  target_fy        integer,
  vision_title     text,
  legal_basis      jsonb,
  actor_classes    jsonb not null,
  phase_vocabulary text[] not null,
  fields           jsonb not null,
  governance       jsonb,
  sources          text[] not null,
  extra            jsonb not null,
  -- Search form of its titles.
  search           text not null,
  primary key (tenant, id),
  unique (tenant, slug),
  foreign key (tenant, import) references plan_import (tenant, id),
  -- A plan is replaced as a whole; those that name it are looked at again when all is done.
  foreign key (tenant, parent_plan) references plan (tenant, id) deferrable initially deferred,
  foreign key (tenant, revises) references plan (tenant, id) deferrable initially deferred
);
create table plan_version (
  tenant             text not null default current_setting('app.tenant'),
  plan               text not null,
  version            text not null check (char_length(version) <= 120),
  ordinal            integer not null,
  title              text not null,
  as_of              date,
  adopted_month      text check (adopted_month ~ '^\d{4}-\d{2}$'),
  status             text,
  target_fy          integer,
  policies_as_adopted text[] not null,
  note               text,
  sources            text[] not null,
  extra              jsonb not null,
  primary key (tenant, plan, version),
  foreign key (tenant, plan) references plan (tenant, id) on delete cascade
);
create table basic_policy (
  tenant  text not null default current_setting('app.tenant'),
  plan    text not null,
  no      integer not null,
  ordinal integer not null,
  title   text not null,
  extra   jsonb not null,
  primary key (tenant, plan, no),
  foreign key (tenant, plan) references plan (tenant, id) on delete cascade
);
create table philosophy (
  tenant       text not null default current_setting('app.tenant'),
  plan         text not null,
  no           integer not null,
  ordinal      integer not null,
  title        text not null,
  basic_policy integer,
  extra        jsonb not null,
  primary key (tenant, plan, no),
  foreign key (tenant, plan) references plan (tenant, id) on delete cascade,
  foreign key (tenant, plan, basic_policy) references basic_policy (tenant, plan, no) deferrable initially deferred
);
create table measure_group (
  tenant  text not null default current_setting('app.tenant'),
  plan    text not null,
  no      integer not null,
  ordinal integer not null,
  title   text not null,
  actors  text[] not null,
  extra   jsonb not null,
  primary key (tenant, plan, no),
  foreign key (tenant, plan) references plan (tenant, id) on delete cascade
);
create table initiative (
  tenant         text not null default current_setting('app.tenant'),
  plan           text not null,
  no             integer not null,
  ordinal        integer not null,
  -- The document's own name for it.
  id             text not null check (char_length(id) between 1 and 120),
  slug           text not null check (slug ~ '^[a-z0-9][a-z0-9._-]{0,159}$'),
  title          text not null,
  measure_group  integer,
  actor_class    text,
  basic_policies integer[] not null,
  -- The row of the same plan that this one prints again (再掲); such a row is not counted twice.
  restatement_of integer,
  extra          jsonb not null,
  search         text not null,
  primary key (tenant, plan, no),
  unique (tenant, slug),
  foreign key (tenant, plan) references plan (tenant, id) on delete cascade,
  foreign key (tenant, plan, measure_group) references measure_group (tenant, plan, no) deferrable initially deferred,
  foreign key (tenant, plan, restatement_of) references initiative (tenant, plan, no) deferrable initially deferred
);
create table initiative_phase (
  tenant               text not null default current_setting('app.tenant'),
  plan                 text not null,
  initiative           integer not null,
  ordinal              integer not null,
  label                text,
  label_suggested      text,
  printed_start_fy     integer,
  printed_arrow_end_fy integer,
  start_fy             integer not null,
  end_fy               integer not null check (end_fy >= start_fy),
  -- The first or the last year isn't certain in the document.
  inferred             boolean not null,
  extra                jsonb not null,
  primary key (tenant, plan, initiative, ordinal),
  foreign key (tenant, plan, initiative) references initiative (tenant, plan, no) on delete cascade
);
create table revision_stage (
  tenant          text not null default current_setting('app.tenant'),
  plan            text not null,
  no              integer not null,
  stage           text not null,
  audience        text,
  channel         text,
  -- The printed day; or only its month; or a span of months.
  day             date,
  month           text check (month ~ '^\d{4}-\d{2}$'),
  from_month      text check (from_month ~ '^\d{4}-\d{2}$'),
  to_month        text check (to_month ~ '^\d{4}-\d{2}$'),
  duration_months integer,
  follow_up       text,
  extra           jsonb not null,
  primary key (tenant, plan, no),
  foreign key (tenant, plan) references plan (tenant, id) on delete cascade
);

-- 施策: what is rated once a year.
create table plan_measure (
  tenant          text not null default current_setting('app.tenant'),
  id              text not null check (char_length(id) between 1 and 120),
  slug            text not null check (slug ~ '^[a-z0-9][a-z0-9._-]{0,159}$'),
  plan            text not null,
  import          uuid not null,
  ordinal         integer not null,
  title           text,
  title_suggested text,
  title_note      text,
  code            text,
  code_suggested  text,
  vision_by_fy    integer,
  vision          text,
  vision_facts    text,
  projects_note   text,
  approach_focus  jsonb,
  -- Only of measures that a file of live indicators made.
  sources         text[] not null,
  extra           jsonb not null,
  search          text not null,
  primary key (tenant, id),
  unique (tenant, slug),
  foreign key (tenant, plan) references plan (tenant, id) on delete cascade,
  foreign key (tenant, import) references plan_import (tenant, id)
);
create index plan_measure_by_plan on plan_measure (tenant, plan);
create table plan_measure_owner (
  tenant  text not null default current_setting('app.tenant'),
  measure text not null,
  fy      integer not null,
  ordinal integer not null,
  org     text not null,
  sources text[] not null,
  extra   jsonb not null,
  primary key (tenant, measure, fy),
  foreign key (tenant, measure) references plan_measure (tenant, id) on delete cascade
);
create table basic_project (
  tenant  text not null default current_setting('app.tenant'),
  measure text not null,
  code    text not null check (char_length(code) <= 120),
  ordinal integer not null,
  title   text not null,
  extra   jsonb not null,
  primary key (tenant, measure, code),
  foreign key (tenant, measure) references plan_measure (tenant, id) on delete cascade
);
create table plan_project (
  tenant        text not null default current_setting('app.tenant'),
  measure       text not null,
  ordinal       integer not null,
  title         text not null,
  newness       text,
  basic_project text,
  department    text,
  summary       text,
  extra         jsonb not null,
  primary key (tenant, measure, ordinal),
  foreign key (tenant, measure) references plan_measure (tenant, id) on delete cascade,
  foreign key (tenant, measure, basic_project) references basic_project (tenant, measure, code) deferrable initially deferred
);
-- Amounts are exact decimals and keep the unit of the document (千円, 百万円).
create table project_budget (
  tenant  text not null default current_setting('app.tenant'),
  measure text not null,
  project integer not null,
  fy      integer not null,
  amount  numeric,
  unit    text,
  printed text,
  primary key (tenant, measure, project, fy),
  foreign key (tenant, measure, project) references plan_project (tenant, measure, ordinal) on delete cascade,
  check ((amount is null) = (unit is null))
);
create table plan_resource (
  tenant         text not null default current_setting('app.tenant'),
  measure        text not null,
  fy             integer not null,
  ordinal        integer not null,
  budget         numeric,
  budget_unit    text,
  personnel      numeric,
  personnel_unit text,
  headcount      numeric,
  sources        text[] not null,
  extra          jsonb not null,
  primary key (tenant, measure, fy),
  foreign key (tenant, measure) references plan_measure (tenant, id) on delete cascade,
  check ((budget is null) = (budget_unit is null)),
  check ((personnel is null) = (personnel_unit is null))
);
create table rating_scale (
  tenant  text not null default current_setting('app.tenant'),
  measure text not null,
  grade   text not null check (char_length(grade) <= 120),
  ordinal integer not null,
  label   text not null,
  extra   jsonb not null,
  primary key (tenant, measure, grade),
  foreign key (tenant, measure) references plan_measure (tenant, id) on delete cascade
);
create table plan_rating (
  tenant  text not null default current_setting('app.tenant'),
  measure text not null,
  fy      integer not null,
  ordinal integer not null,
  grade   text not null,
  label   text,
  reason  text,
  status  text,
  sources text[] not null,
  extra   jsonb not null,
  primary key (tenant, measure, fy),
  foreign key (tenant, measure, grade) references rating_scale (tenant, measure, grade) deferrable initially deferred,
  foreign key (tenant, measure) references plan_measure (tenant, id) on delete cascade
);
-- The numbered lists of a year's sheet: issues, policy, results, approach.
create table review_list (
  tenant   text not null default current_setting('app.tenant'),
  measure  text not null,
  ordinal  integer not null,
  kind     text not null check (kind in ('issues', 'policy', 'results', 'approach')),
  fy       integer not null,
  at_start boolean not null,
  primary key (tenant, measure, ordinal),
  foreign key (tenant, measure) references plan_measure (tenant, id) on delete cascade
);
create table review_item (
  tenant     text not null default current_setting('app.tenant'),
  measure    text not null,
  list       integer not null,
  ordinal    integer not null,
  no         integer not null,
  department text,
  -- The sentence as printed, or (topic, facts, remaining) only what it says in short.
  text       text,
  topic      text,
  facts      text[] not null,
  remaining  text,
  extra      jsonb not null,
  primary key (tenant, measure, list, ordinal),
  foreign key (tenant, measure, list) references review_list (tenant, measure, ordinal) on delete cascade
);

create table indicator (
  tenant            text not null default current_setting('app.tenant'),
  measure           text not null,
  id                text not null check (char_length(id) between 1 and 120),
  slug              text not null check (slug ~ '^[a-z0-9][a-z0-9._-]{0,159}$'),
  import            uuid not null,
  ordinal           integer not null,
  kind              text not null check (kind in ('main', 'sub')),
  title             text not null,
  unit              text not null,
  direction         text not null check (direction in ('up', 'down')),
  direction_note    text,
  aggregation       text,
  description       text,
  data_source       text,
  target_rationales jsonb not null,
  observations      text[] not null,
  -- The count of another module that gives the live value; since when it is bound.
  binding_measure   text,
  binding_option    text,
  bound_at          timestamptz,
  -- Only of live indicators.
  first_fy          integer,
  last_fy           integer,
  extra             jsonb not null,
  search            text not null,
  primary key (tenant, measure, id),
  unique (tenant, slug),
  foreign key (tenant, measure) references plan_measure (tenant, id) on delete cascade,
  foreign key (tenant, import) references plan_import (tenant, id),
  check ((binding_measure is null) = (bound_at is null)),
  check (binding_measure is not null or binding_option is null)
);
-- One per document that printed the indicator, newest last.
create table indicator_edition (
  tenant    text not null default current_setting('app.tenant'),
  measure   text not null,
  indicator text not null,
  ordinal   integer not null,
  source    text not null,
  extra     jsonb not null,
  primary key (tenant, measure, indicator, ordinal),
  foreign key (tenant, measure, indicator) references indicator (tenant, measure, id) on delete cascade
);
create table indicator_figure (
  tenant              text not null default current_setting('app.tenant'),
  measure             text not null,
  indicator           text not null,
  edition             integer not null,
  ordinal             integer not null,
  fy                  integer not null,
  role                text not null check (role in ('target', 'actual', 'baseline')),
  -- The exact decimal, and the characters of the document.
  value               numeric,
  printed             text,
  confidence          text check (confidence in ('high', 'medium', 'low')),
  counterpart         text,
  achievement_printed text,
  note                text,
  extra               jsonb not null,
  primary key (tenant, measure, indicator, edition, ordinal),
  foreign key (tenant, measure, indicator, edition)
    references indicator_edition (tenant, measure, indicator, ordinal) on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array[
    'plan_import', 'plan_source', 'plan_organisation', 'plan', 'plan_version', 'basic_policy', 'philosophy',
    'measure_group', 'initiative', 'initiative_phase', 'revision_stage', 'plan_measure', 'plan_measure_owner',
    'basic_project', 'plan_project', 'project_budget', 'plan_resource', 'rating_scale', 'plan_rating', 'review_list',
    'review_item', 'indicator', 'indicator_edition', 'indicator_figure'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I using (tenant = current_setting(''app.tenant'', true))', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert on %I to app', t);
    -- A plan is replaced as a whole: rows come and go, none is altered. The history only grows.
    if t <> 'plan_import' then execute format('grant delete on %I to app', t); end if;
  end loop;
end $$;

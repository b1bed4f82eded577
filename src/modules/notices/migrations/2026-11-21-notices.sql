-- News for one reader: a person we know, or a bare mail address that was given with a filing. Never both: the mail
-- address of a person is looked up when the mail leaves, and is kept in one place only.
create table notice (
  tenant     text not null default current_setting('app.tenant') references tenant (tenant),
  id         uuid not null,
  -- The sender's own name for this news: the same news to the same reader is kept once.
  key        text check (char_length(key) between 1 and 300),
  person     uuid,
  mail       text check (char_length(mail) between 3 and 254),
  subject    text not null check (char_length(subject) between 1 and 400),
  body       text not null check (body <> ''),
  href       text check (href ~ '^/([^/]|$)'),
  about      jsonb,
  on_screen  boolean not null,
  created_at timestamptz not null,
  read_at    timestamptz,
  primary key (tenant, id),
  foreign key (tenant, person) references person (tenant, id),
  check (num_nonnulls(person, mail) = 1),
  check (person is not null or not on_screen)
);
create unique index notice_once on notice (tenant, key, coalesce(person::text, lower(mail))) where key is not null;
create index notice_by_person on notice (tenant, person, created_at desc) where on_screen;
create index notice_by_age on notice (tenant, created_at);

-- How a notice is brought to its reader, and what became of it. `response` is a class or a status code, never a text of
-- the other side, which repeats addresses.
create table delivery (
  tenant          text not null default current_setting('app.tenant'),
  notice          uuid not null,
  channel         text not null default 'mail' check (channel in ('mail')),
  state           text not null check (state in ('queued', 'sent', 'failed', 'given-up', 'told-otherwise')),
  attempts        integer not null default 0 check (attempts >= 0),
  queued_at       timestamptz not null,
  last_attempt_at timestamptz,
  response        text check (char_length(response) <= 40),
  sent_at         timestamptz,
  settled_at      timestamptz,
  settled_by      text,
  primary key (tenant, notice, channel),
  foreign key (tenant, notice) references notice (tenant, id) on delete cascade
);
create index delivery_by_state on delivery (tenant, state, queued_at desc);

do $$
declare t text;
begin
  foreach t in array array['notice', 'delivery'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_tenant on %I using (tenant = current_setting(''app.tenant'', true))', t);
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
-- What was said stays as it was said: only reading and delivery go on. Old ones are swept.
grant select, insert, delete on notice to app;
grant update (read_at) on notice to app;
grant select, insert, update on delivery to app;

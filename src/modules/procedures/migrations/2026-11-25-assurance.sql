-- The least that is asked of whoever files: of people, and of those who come with a business account (null = as sure as of people).
alter table procedure add column least_assurance text not null default 'none'
  check (least_assurance in ('none', 'mail', 'account', 'card'));
alter table procedure add column least_account text check (least_account in ('entry', 'member', 'prime'));

-- For whom it was filed, by which mandate, and how surely the office knew who filed, as it was then.
alter table filing add column represents uuid;
alter table filing add column mandate uuid;
alter table filing add column assurance text check (assurance in ('none', 'mail', 'account', 'card'));
alter table filing add column account text check (account in ('entry', 'member', 'prime'));
create index filing_by_represented on filing (tenant, represents, arrived_at desc) where represents is not null;

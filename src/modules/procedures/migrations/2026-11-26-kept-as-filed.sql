-- What the applicant leaves as it was although the office asked to correct it, by field, with the reason.
alter table correction add column kept jsonb not null default '{}';

-- By which kind of business account, by which mandate and through which sign-in somebody acted. Entries of before have none,
-- and no seal of before knows these columns.
alter table audit add column account text check (account in ('entry', 'member', 'prime'));
alter table audit add column mandate uuid;
alter table audit add column sign_in text;
create index audit_by_mandate on audit (tenant, mandate, at desc) where mandate is not null;
create index audit_by_sign_in on audit (tenant, sign_in, at desc) where sign_in is not null;

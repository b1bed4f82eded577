-- How surely the house knew who acted, in every entry. Entries from before have none.
alter table audit add column assurance text check (assurance in ('none', 'mail', 'account', 'card'));

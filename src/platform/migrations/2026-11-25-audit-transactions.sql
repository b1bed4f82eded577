-- Which transaction wrote an entry. What was written below the oldest transaction that is still open is final: nothing can
-- appear there any more, however late others commit. Entries of before get the transaction of this migration.
alter table audit add column written_in xid8 not null default pg_current_xact_id();
create index audit_by_transaction on audit (tenant, written_in, id);

-- An earlier migration wrote what people are searched by in SQL, which folds fewer spellings than the application does (hyphens,
-- waves, spaces, variation selectors): such a person was not found by their own name. Null means that the application has to
-- write it, which it does at once after the migrations; the index tells it at every start that nothing is left.
alter table person alter column search drop not null;
do $$
declare town record;
begin
  -- The owner is subject to forced row-level security: rows are reached tenant by tenant.
  for town in select tenant from tenant loop
    perform set_config('app.tenant', town.tenant, true);
    update person set search = null;
  end loop;
  perform set_config('app.tenant', '', true);
end $$;
create index person_not_searched on person (tenant) where search is null;

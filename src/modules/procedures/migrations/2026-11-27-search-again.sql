-- An earlier migration wrote what procedures are searched by in SQL, which folds fewer spellings than the application does
-- (hyphens, waves, spaces, variation selectors): such a procedure was not found by its own title. Null means that the
-- application has to write it, which it does at once after the migrations.
alter table procedure alter column search drop not null;
do $$
declare town record;
begin
  -- The owner is subject to forced row-level security: rows are reached tenant by tenant.
  for town in select tenant from tenant loop
    perform set_config('app.tenant', town.tenant, true);
    update procedure set search = null;
  end loop;
  perform set_config('app.tenant', '', true);
end $$;

-- The sign-in that a session came by: its id in `people`, or 'mail' for a code to the mailbox.
alter table session add column sign_in text;
do $$
declare town record;
begin
  -- The owner is subject to forced row-level security: rows are reached tenant by tenant.
  for town in select tenant from tenant loop
    perform set_config('app.tenant', town.tenant, true);
    update session set sign_in = 'mail' where provider = 'mail' and assurance = 'mail' and account is null;
  end loop;
  perform set_config('app.tenant', '', true);
end $$;

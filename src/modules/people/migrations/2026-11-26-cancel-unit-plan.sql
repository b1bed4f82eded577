-- What is planned for a unit can be taken back; the application deletes only states that have not begun.
create policy only_planned on unit_state as restrictive for delete
  using (valid_from > (now() at time zone 'Asia/Tokyo')::date);
grant delete on unit_state to app;

-- A company without a number passed: a comparison with nothing is neither true nor false, and a check takes that for true.
alter table person drop constraint company_has_number;
alter table person add constraint company_has_number
  check (kind <> 'company' or (corporate_number is not null and corporate_number ~ '^[0-9]{13}$'));

-- Nobody looks for filings by their answers: the planner needs to know nothing of them.
alter table filing_edition alter column answers set statistics 0;

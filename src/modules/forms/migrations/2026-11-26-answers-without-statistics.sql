-- Nobody looks for drafts by their answers: the planner needs to know nothing of them.
-- To name the type again takes away what was noted until now, which nothing else would.
alter table draft alter column answers set statistics 0, alter column answers type jsonb;
alter table draft alter column loose set statistics 0, alter column loose type jsonb;

-- Nobody looks for notices by what they say: the planner needs to know nothing of it. Comparing thousands of texts took most
-- of the time in which a table in use is looked through.
-- To name the type again takes away what was noted until now, which nothing else would.
alter table notice alter column subject set statistics 0, alter column subject type text;
alter table notice alter column body set statistics 0, alter column body type text;
alter table notice alter column href set statistics 0, alter column href type text;
alter table notice alter column about set statistics 0, alter column about type jsonb;

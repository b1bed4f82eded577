-- With what kind of business account somebody came, for whom they act at the moment, and by which mandate.
alter table session add column account text;
alter table session add column represents uuid;
alter table session add column mandate uuid;

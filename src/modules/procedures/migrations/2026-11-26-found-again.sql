-- The form in which procedures are searched, kept by the application with every text (core/text.ts). Never shown.
alter table procedure add column search text not null default '';
do $$
declare town record;
begin
  -- The owner is subject to forced row-level security: rows are reached tenant by tenant.
  for town in select tenant from tenant loop
    perform set_config('app.tenant', town.tenant, true);
    update procedure set search = translate(
      lower(normalize(concat_ws(' ', title, summary, explanation), nfkc)),
      'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖ',
      'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ');
  end loop;
  perform set_config('app.tenant', '', true);
end $$;

-- The mail address on a filing as addresses are compared: whoever proves to read that mailbox finds what was filed from it
-- without a sign-in.
alter table filing add column mail_compared text generated always as (lower(normalize(mail, nfkc))) stored;
create index filing_by_mail on filing (tenant, mail_compared) where applicant is null;

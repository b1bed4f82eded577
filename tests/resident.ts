import type { TestHouse } from './house.ts'

/** A browser in which a resident is signed in who has proved to read this mailbox. */
export async function residentOf(house: TestHouse, mail: string) {
  const [row] = await house.sql<{ id: string }>(
    `insert into person (tenant, id, kind, name, mail, mail_verified_at, created_at)
     values ('attaka', gen_random_uuid(), 'resident', $1, $1, now(), now()) returning id`,
    [mail],
  )
  const id = row?.id ?? ''
  const browser = house.browser()
  await browser.signInAs(id, { staff: false, assurance: 'mail' })
  return { ...browser, id, mail }
}

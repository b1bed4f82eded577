import { beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '../../tests/house.ts'

describe('where only the public is served', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openHouse({ surface: 'public' })
  })

  test('there is no console, and a clerk’s session counts for nothing', async () => {
    const reviewer = await house.as('reviewer')
    expect((await reviewer.get('/console/filings')).status).toBe(404)
    expect(await (await reviewer.get('/')).text()).not.toContain('審査 はるか')
  })

  test('residents file as everywhere', async () => {
    expect((await house.browser().post('/procedures/dx-consultation-event/begin')).status).toBe(303)
  })
})

describe('where only staff are served', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openHouse({ surface: 'staff' })
  })

  test('staff work, and everybody else is asked to sign in', async () => {
    expect((await (await house.as('reviewer')).get('/console/filings')).status).toBe(200)
    const visitor = house.browser()
    expect((await visitor.get('/procedures')).status).toBe(401)
    expect((await visitor.post('/procedures/dx-consultation-event/begin')).status).toBe(401)
    expect((await visitor.get('/sign-in')).status).toBe(200)
  })
})

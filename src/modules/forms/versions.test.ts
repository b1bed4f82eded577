import { beforeAll, expect, test } from 'vitest'
import { perform } from '#core/action.ts'
import { onStage } from '#core/scene.ts'
import { openHouse, type TestHouse } from '../../../tests/house.ts'
import { publishForm } from './actions/publish-form.ts'
import { findVersion } from './queries/versions.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})

const definition = (title: string) => ({
  title,
  pages: [{ id: 'one', title: '書いてください', fields: [{ id: 'name', kind: 'text', label: 'お名前' }] }],
})

const find = (form: string, version: number, tenant = 'attaka') => {
  const scene = house.sceneOf(tenant)
  return scene.look((db) => findVersion(onStage(scene, db), form, version))
}

test('a version whose publishing was undone is not remembered: the next one under its number is found', async () => {
  const { form } = await perform(publishForm, house.sceneOf('attaka'), { definition: definition('一つ目') })
  const scene = house.sceneOf('attaka')
  const undone = scene.change(async (db) => {
    const stage = onStage(scene, db)
    await perform(publishForm, stage, { form, definition: definition('取りやめ') })
    expect((await findVersion(stage, form, 2))?.definition.title).toBe('取りやめ')
    throw new Error('thought better of it')
  })
  await expect(undone).rejects.toThrow('thought better of it')
  await perform(publishForm, house.sceneOf('attaka'), { form, definition: definition('二つ目') })
  expect((await find(form, 2))?.definition.title).toBe('二つ目')
})

test('a settled version is read once, can’t be altered, and is another town’s secret all the same', async () => {
  const { form } = await perform(publishForm, house.sceneOf('attaka'), { definition: definition('落ち着いた様式') })
  const first = await find(form, 1)
  expect(await find(form, 1)).toBe(first)
  expect(() => first?.definition.pages.pop()).toThrow(TypeError)
  expect(await find(form, 1, 'mie')).toBeUndefined()
})

import { boxesOf, inDays } from '../days.ts'
import { fillDate, follow, press } from './filing.ts'
import { arrive, expect, look, test, visit } from './journey.ts'
import { signInAs, staff } from './people.ts'

/** A town of its own, so that its colours and roles disturb nobody else's journey. */
const town = 'hidamari'
const place = (name: string) => `/${town}/console/administration/${name}`

test('an administrator cares for people, sections, tokens and settings, and the auditor sees it', async ({ open }) => {
  const administrator = await open()
  await signInAs(administrator, staff.administrator, '/console', town)
  const status = administrator.getByRole('status')

  await test.step('gives a role, with its reason, and takes it back', async () => {
    await visit(administrator, place('people'))
    await follow(administrator, '計画 ゆき')
    await arrive(administrator, /計画 ゆき/)
    await follow(administrator, '役割を与える')
    await arrive(administrator, '役割を与える')
    await press(administrator, '役割を与える')
    await expect(administrator.getByRole('alert')).toBeVisible()
    await look(administrator)
    await administrator.getByRole('radio', { name: '審査' }).check()
    await administrator.getByRole('textbox', { name: /理由/ }).fill('12月からの審査担当のため')
    await press(administrator, '役割を与える')
    await expect(status).toContainText('役割を与えました')
    await look(administrator)
    await expect(administrator.getByRole('main')).toContainText('12月からの審査担当のため')
    await follow(administrator, '「審査」を外す')
    await arrive(administrator, '役割を外しますか')
    await press(administrator, '役割を外す')
    await expect(status).toContainText('役割を外しました')
    await look(administrator)
  })

  await test.step('invites somebody', async () => {
    await visit(administrator, `${place('people')}/new`)
    await press(administrator, '招待する')
    await expect(administrator.getByRole('alert')).toBeVisible()
    await look(administrator)
  })

  await test.step('founds a section', async () => {
    await visit(administrator, place('units'))
    await follow(administrator, '部局・課を置く')
    await arrive(administrator, '部局・課を置く')
    await administrator.getByRole('radio', { name: '課' }).check()
    await administrator.getByRole('textbox', { name: /名前/ }).fill('みらい推進課')
    await administrator.getByLabel(/課を置く部局/).selectOption({ label: 'デジタル社会推進局' })
    await fillDate(administrator, '置く日', ['2026', '4', '1'])
    await press(administrator, '置く')
    await expect(status).toContainText('登録しました')
    await visit(administrator, place('units'))
    await expect(administrator.getByRole('main')).toContainText('みらい推進課')
    await follow(administrator, 'みらい推進課')
    await look(administrator)
  })

  await test.step('issues a token, which does what it may, and nothing else', async () => {
    await visit(administrator, place('tokens'))
    await follow(administrator, 'トークンを発行する')
    await arrive(administrator, 'トークンを発行する')
    await administrator.getByRole('textbox', { name: /名前/ }).fill('文書管理システム')
    await administrator.getByRole('checkbox', { name: '審査' }).check()
    await administrator.getByRole('checkbox', { name: '手続を読む', exact: true }).check()
    await fillDate(administrator, '有効期限', boxesOf(inDays(120)))
    await press(administrator, '発行する')
    await arrive(administrator, 'トークンを発行しました')
    const token = (await administrator.locator('code').first().textContent()) ?? ''
    const ask = (path: string, headers: Record<string, string> = {}) =>
      administrator.request.get(`/${town}/api/v1/${path}`, { headers })
    const bearer = { authorization: `Bearer ${token}` }
    const answer = await ask('procedures/queue', bearer)
    expect(answer.status()).toBe(200)
    expect(await answer.json()).toMatchObject({ filings: [], total: 0 })
    expect((await ask('procedures/queue')).status()).toBe(401)
    expect((await ask('people/persons', bearer)).status()).toBe(403)

    await visit(administrator, place('tokens'))
    await expect(administrator.getByRole('main')).not.toContainText(token)
    await administrator.getByRole('link', { name: /文書管理システム.*無効にする/ }).click()
    await arrive(administrator, 'トークンを無効にしますか')
    await press(administrator, '無効にする')
    await expect(status).toContainText('トークンを無効にしました')
    expect((await ask('procedures/queue', bearer)).status()).toBe(401)
  })

  await test.step('changes the colour, for everybody to see', async () => {
    const resident = await open()
    await resident.goto(`/${town}/`)
    const before = await resident
      .getByRole('button', { name: 'さがす' })
      .evaluate((one) => getComputedStyle(one).backgroundColor)
    await visit(administrator, place('settings'))
    await administrator.getByRole('radio', { name: '紫', exact: true }).check()
    await press(administrator, '保存する')
    await expect(status).toContainText('設定を保存しました')
    await look(administrator)
    await resident.reload()
    await look(resident)
    const after = await resident
      .getByRole('button', { name: 'さがす' })
      .evaluate((one) => getComputedStyle(one).backgroundColor)
    expect(after).not.toBe(before)
  })

  await test.step('is refused where the role does not reach', async () => {
    await visit(administrator, place('audit'), 403)
    const reviewer = await open()
    await signInAs(reviewer, staff.reviewer, '/console', town)
    await visit(reviewer, place('people'), 403)
  })

  await test.step('the auditor finds who did what', async () => {
    const auditor = await open()
    await signInAs(auditor, staff.auditor, '/console', town)
    await visit(auditor, place('audit'))
    for (const act of ['役割の付与', 'APIトークンの発行', '設定の変更']) {
      await expect(auditor.getByRole('main')).toContainText(new RegExp(`管理 そらが「${act}」を行いました`))
    }
    await auditor.getByRole('combobox', { name: '種類' }).selectOption({ label: '断られたこと' })
    await press(auditor, '絞り込む')
    await look(auditor)
    await expect(auditor.getByRole('main')).toContainText('断られました')
  })
})

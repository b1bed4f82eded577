import { randomUUID } from 'node:crypto'
import { show } from '#core/view.ts'
import type { FormPage } from '#modules/forms/index.ts'
import { modules } from '#modules/index.ts'
import { newToken } from '#platform/sealing.ts'
import { visitorId } from '#web/browser.ts'
import { tenantPath } from '../../tests/crash/visitor.ts'
import type { Bench, Figure } from './figure.ts'
import { beside } from './parts/beside.ts'
import { assertAll, generate, requestOf } from './parts/generate.ts'
import { bareText, microseconds, renderCatalogue, renderForm } from './parts/rendering.tsx'
import { filledIn, listen, type Pattern, patternOf, plainly, type Query, replay } from './parts/statements.ts'
import { openTown, type Town } from './parts/town.ts'
import { publishTwentyFields } from './parts/twenty-fields.ts'

const connections = 64
const poolSize = 12
const seconds = 5

/** Two pages that residents meet, with their reads, against the same reads by the bare driver; and their rendering alone. */
export const bench: Bench = {
  name: 'pages',
  async run(report) {
    const town = await openTown()
    try {
      const slug = await publishTwentyFields(town)
      // Everybody has an address of their own, and a draft of their own.
      const readers: (Reader & { draft: string; cookie: string })[] = []
      for (let n = 1; n <= connections; n++) {
        const cookie = `attaka=${newToken()}`
        const begun = await town.post(`${tenantPath}/procedures/${slug}/begin`, cookie)
        const draft = begun.headers.get('location')?.split('/').at(-1) ?? ''
        readers.push({ from: `192.0.2.${n}`, path: `${tenantPath}/apply/${draft}/all`, cookie, draft })
      }
      const lookers = readers.map(({ from }): Reader => ({ from, path: `${tenantPath}/procedures` }))
      await page(town, report, 'catalogue', lookers)
      await page(town, report, 'form page with 20 fields', readers)
      const [{ draft, cookie }] = readers as [(typeof readers)[0]]
      await rendering(town, report, draft, cookie)
    } finally {
      await town.close()
    }
  },
}

type Report = (figure: Figure) => void

type Reader = { from: string; path: string; cookie?: string }

async function page(town: Town, report: Report, name: string, readers: readonly Reader[]) {
  const { application, house } = town
  const requests = readers.map(({ path, ...reader }) => requestOf(application.base, path, reader))
  const [{ path, from, cookie }] = readers as readonly [Reader]
  const ask = async () => {
    const headers = { 'x-forwarded-for': from, ...(cookie && { cookie }) }
    const answer = await house.app.request(`${application.base}${path}`, { headers })
    if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`)
    await answer.text()
  }
  await ask()
  // Twice, since a reading of one's own draft leaves an entry of its own each time.
  const pattern = patternOf(await listen(ask), await listen(ask))
  const { talk } = pattern
  const order = { ports: [application.port], connections, requests }
  await generate({ ...order, seconds: 2 })
  const spent = town.spent()
  const measured = await generate({ ...order, seconds })
  const used = town.spent(spent)
  assertAll(200, measured)
  const floor = await readByDriver(town, pattern)
  const plain = await readByDriver(town, pattern, plainly)

  const size = `${seconds} s, ${connections} connections, gzip; ${talk.queries.flat().length} statements in ${talk.queries.length} round trips`
  const value = measured.answers / measured.seconds
  report({
    name: `${name} against its reads by bare pg that names its statements and sends them together, as ours`,
    size,
    unit: 'per second',
    ...beside('more', value, floor.perSecond, 0.5),
  })
  report({ name: `${name}, p99`, size, value: measured.p99, unit: 'ms' })
  const work = ((used.application + used.database) / measured.answers) * 1e6
  report({ name: `${name}, processor time`, size, unit: 'µs', ...beside('less', work, floor.work, 0.5) })
  const asItComes = `${name}, beside bare pg as it comes, one statement after another and unprepared`
  report({ name: asItComes, size, unit: 'per second', ...beside('more', value, plain.perSecond, 0.5) })
  report({ name: `${asItComes}: processor time`, size, unit: 'µs', ...beside('less', work, plain.work, 0.5) })
}

/** The reads of a page by the bare driver for so many seconds; `work` is the processor time of driver and database for one page, in µs. */
async function readByDriver(town: Town, pattern: Pattern, as = (talk: Query[][]) => talk) {
  const [own, spent] = [process.cpuUsage(), town.spent()]
  const until = performance.now() + seconds * 1000
  let count = 0
  const talks = (function* () {
    for (; performance.now() < until; count++) yield as(filledIn(pattern, () => randomUUID()))
  })()
  const { perSecond } = await replay(town.appUrl, talks, { connections: poolSize, pipeline: pattern.talk.pipeline })
  const { user, system } = process.cpuUsage(own)
  return { perSecond, work: (user + system + town.spent(spent).database * 1e6) / count }
}

/** The same pages from their data, in this process: no network, no database, no gzip. */
async function rendering({ house, outside }: Town, report: Report, draft: string, cookie: string) {
  const views = new Map(modules.flatMap((module) => module.views.map((view) => [view.name, view] as const)))
  const scene = {
    ...house.sceneOf('attaka', null),
    visitor: [visitorId(outside.sealer, cookie.replace('attaka=', ''))],
  }
  const shown = async (name: string, input: unknown) => {
    const view = views.get(name)
    if (!view) throw new Error(`there is no view ${name}`)
    return show(view, scene, input)
  }
  const catalogue = (await shown('procedures.catalogue', {})) as Parameters<typeof renderCatalogue>[0]
  const filling = (await shown('procedures.draft', { id: draft })) as Parameters<typeof renderForm>[0]['draft']
  const [form] = filling.definition.pages as FormPage[]
  if (!form) throw new Error('the form has no page')
  const floor = await microseconds(bareText)
  const pages = {
    catalogue: () => renderCatalogue({ ...catalogue, asked: '' }),
    'form page with 20 fields': () => renderForm({ draft: filling, page: form, upload: () => '' }),
  }
  for (const [name, render] of Object.entries(pages)) {
    const value = await microseconds(render)
    report({
      name: `${name}, rendering alone beside a bare Hono text`,
      size: `${Math.round((await render()).length / 1024)} KiB of HTML, median of 400`,
      value,
      unit: 'µs',
      floor,
      ratio: floor / value,
      aim: 'under 500 µs',
      met: value < 500,
    })
  }
}

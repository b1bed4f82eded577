import { Hono } from 'hono'
import { ApplyPage } from '#modules/procedures/pages/apply.tsx'
import { Catalogue } from '#modules/procedures/pages/catalogue.tsx'
import { type Child, drawIn, type Shell } from '#ui/index.ts'

type CatalogueProps = Parameters<typeof Catalogue>[0]
type ApplyProps = Parameters<typeof ApplyPage>[0]

/** What surrounds the pages of a resident who is not signed in. */
const shell: Shell = {
  tenant: {
    id: 'attaka',
    name: 'あったか県',
    keyColour: 'green',
    fictional: true,
    contact: { office: '計測課', phone: '000-000-0000', mail: 'desk@attaka.example.jp', hours: '平日' },
  },
  path: '/procedures',
  person: null,
  csrf: 'a'.repeat(56),
  nav: [
    { href: '/procedures', label: '手続', current: true },
    { href: '/plans', label: '計画' },
  ],
  rail: [],
  assets: { style: '/assets/app.css', script: '/assets/app.js', forms: '/assets/forms.js' },
  confirmation: null,
  trial: true,
  language: 'ja',
}

/** The whole document as text, as the web layer sends it, without the gzip. */
const rendered = async (content: Child) => drawIn(shell, content, '/attaka')

export const renderCatalogue = (props: CatalogueProps) => rendered(<Catalogue {...props} />)
export const renderForm = (props: ApplyProps) => rendered(<ApplyPage {...props} />)

const bare = new Hono().get('/', (c) => c.text('ok'))
/** The least that Hono does: one text, no network. */
export const bareText = async () => (await bare.request('/')).text()

/** Microseconds for one, after warming up; the median of several hundreds. */
export async function microseconds(work: () => Promise<unknown>, times = 400): Promise<number> {
  for (let n = 0; n < 200; n++) await work()
  const all: number[] = []
  for (let n = 0; n < times; n++) {
    const begun = performance.now()
    await work()
    all.push((performance.now() - begun) * 1000)
  }
  return all.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0
}

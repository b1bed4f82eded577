import { perform } from '#core/action.ts'
import { publishForm } from '#modules/forms/index.ts'
import { modules } from '#modules/index.ts'
import type { Town } from './town.ts'

/** A form whose one page has twenty fields of the kinds that forms have, as a busy office would make it. */
const fields = Array.from({ length: 20 }, (_, n) => {
  const shared = {
    id: `field-${n}`,
    label: `質問${n + 1}：該当するものを記入してください`,
    required: n % 2 === 0,
    hint: '分からないときは、空けておいてください',
  }
  switch (n % 5) {
    case 0:
      return { ...shared, kind: 'text', maxLength: 100 }
    case 1:
      return {
        ...shared,
        kind: 'choice',
        options: ['はい', 'いいえ', '分からない'].map((label, at) => ({ value: `v${at}`, label })),
      }
    case 2:
      return { ...shared, kind: 'date' }
    case 3:
      return { ...shared, kind: 'mail' }
    default:
      return { ...shared, kind: 'long-text', maxLength: 1000 }
  }
})

const definition = {
  title: '計測のための様式',
  pages: [{ id: 'all', title: '二十の質問に答えてください', name: '質問', fields }],
}

/** Publishes it as a procedure of あったか県. @returns its slug */
export async function publishTwentyFields({ house, admin }: Town): Promise<string> {
  const scene = house.sceneOf('attaka')
  const { form } = await perform(publishForm, scene, { definition })
  const save = modules.flatMap(({ actions }) => actions).find(({ name }) => name === 'procedures.save-procedure')
  if (!save) throw new Error('there is no act that enters a procedure')
  await perform(save, scene, {
    slug: 'bench-twenty-fields',
    title: definition.title,
    summary: '計測に使います。',
    explanation: '計測に使います。',
    form,
    state: 'published',
  })
  // As if it had been published the day before: what is only minutes old isn't remembered yet.
  await admin.query(`update form_version set published_at = published_at - interval '1 day' where form = $1`, [form])
  return 'bench-twenty-fields'
}

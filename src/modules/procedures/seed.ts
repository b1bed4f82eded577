import { perform } from '#core/action.ts'
import { newId } from '#core/ids.ts'
import type { Scene } from '#core/scene.ts'
import { publishForm } from '#modules/forms/index.ts'
import { procedureSearch } from './queries.ts'
import { tables } from './tables.ts'

/** The sign-up for a DX consultation event: a service of the trial, without any invented history. */
const definition = {
  title: 'DX相談会の参加申込',
  pages: [
    {
      id: 'session',
      title: '参加する会を選んでください',
      name: '参加する会',
      fields: [
        {
          id: 'way',
          kind: 'choice',
          label: '参加の方法',
          required: true,
          options: [
            { value: 'online', label: 'オンライン', hint: '前日までに、参加のためのアドレスをメールでお送りします' },
            { value: 'hall', label: '会場', hint: '県庁の会議室です。車いすでもお越しいただけます' },
          ],
        },
        {
          id: 'day',
          kind: 'date',
          label: '希望する日',
          hint: '午前10時から午後4時までの間で行います',
          required: true,
          earliest: { workdaysFromToday: 3 },
          latest: { daysFromToday: 365 },
          workdaysOnly: true,
        },
        {
          id: 'help',
          kind: 'choices',
          label: '会場で必要なこと',
          showIf: { field: 'way', is: 'hall' },
          options: [
            { value: 'wheelchair', label: '車いす' },
            { value: 'sign', label: '手話通訳' },
            { value: 'child', label: '子ども連れ' },
          ],
        },
      ],
    },
    {
      id: 'contact',
      title: '連絡先を入力してください',
      name: '連絡先',
      fields: [
        {
          id: 'name',
          kind: 'text',
          label: 'お名前',
          hint: '戸籍の字も使えます（例：髙、﨑、𠮷）',
          required: true,
          purpose: '参加の確認と当日の受付',
          maxLength: 80,
          autocomplete: 'name',
        },
        {
          id: 'organisation',
          kind: 'text',
          label: '会社や団体の名前',
          maxLength: 100,
          autocomplete: 'organization',
        },
        {
          id: 'mail',
          kind: 'mail',
          label: 'メールアドレス',
          hint: '受付の控えをお送りします',
          required: true,
          purpose: '控えと結果の連絡',
        },
        { id: 'phone', kind: 'phone', label: '電話番号', purpose: '当日の急な連絡' },
      ],
    },
    {
      id: 'matter',
      title: '相談したいことを教えてください',
      name: '相談したいこと',
      fields: [
        {
          id: 'field',
          kind: 'choices',
          label: '相談の分野',
          required: true,
          options: [
            { value: 'work', label: '業務の見直し・自動化' },
            { value: 'data', label: 'データの活用' },
            { value: 'people', label: '人材の育成' },
            { value: 'security', label: '情報セキュリティ' },
            { value: 'other', label: 'その他' },
          ],
        },
        {
          id: 'other',
          kind: 'text',
          label: 'その他の分野',
          required: true,
          showIf: { field: 'field', includes: 'other' },
          maxLength: 100,
        },
        {
          id: 'detail',
          kind: 'long-text',
          label: '困っていること',
          hint: '決まっていなくてもかまいません',
          maxLength: 1000,
        },
        {
          id: 'paper',
          kind: 'file',
          label: '参考になる資料',
          hint: '今の書類や画面の写真など',
          accept: ['.pdf', '.jpg', '.png', '.docx', '.xlsx'],
          maxBytes: 10_485_760,
          maxFiles: 3,
        },
      ],
    },
  ],
}

export async function seed(scene: Scene) {
  const { form } = await perform(publishForm, scene, { definition })
  const texts = {
    title: definition.title,
    summary: '会社や団体、個人の方のデジタル化の困りごとを、相談員がお聞きします。',
    explanation:
      '相談は無料です。1回60分で、オンラインか会場を選べます。\n内容が決まっていなくてもかまいません。相談の内容を、本人の同意なく公開することはありません。',
  }
  await scene.change((db) =>
    tables(db)
      .insertInto('procedure')
      .values({
        id: newId(scene.now.getTime()),
        slug: 'dx-consultation-event',
        ...texts,
        search: procedureSearch(texts),
        form,
        // デジタル社会推進局, as `people` seeds it.
        section: '01900000-0000-7000-8000-000000000001',
        state: 'published',
        opens_at: null,
        closes_at: null,
        standard_days: 7,
        legal_basis: null,
        name_field: 'name',
        mail_field: 'mail',
        updated_at: scene.now,
      })
      .execute(),
  )
}

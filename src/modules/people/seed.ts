import { newId } from '#core/ids.ts'
import type { RoleName } from '#core/policy.ts'
import type { Scene } from '#core/scene.ts'
import { searchText } from './queries.ts'
import { tables } from './tables.ts'

/** The name under which the trial provider's persons are known, whatever address it runs at. */
export const trialIssuer = 'urn:attaka:trial-provider'

/** Who may be played in trial mode; the trial provider offers the staff, residents sign in by mail. */
export const demonstrationPersons: readonly {
  subject: string
  id: string
  name: string
  reading: string
  mail: string
  what: string
  section: string
  roles: readonly RoleName[]
}[] = [
  {
    subject: 'reviewer',
    id: '01900000-0000-7000-8000-000000000101',
    name: '審査 はるか',
    reading: 'シンサ ハルカ',
    mail: 'reviewer@staff.example.jp',
    what: '申請の審査をする職員',
    section: 'digital-services',
    roles: ['staff', 'reviewer'],
  },
  {
    subject: 'approver',
    id: '01900000-0000-7000-8000-000000000102',
    name: '決裁 まこと',
    reading: 'ケッサイ マコト',
    mail: 'approver@staff.example.jp',
    what: '申請の決裁をする課長',
    section: 'digital-services',
    roles: ['staff', 'reviewer', 'approver', 'procedure-editor'],
  },
  {
    subject: 'planner',
    id: '01900000-0000-7000-8000-000000000103',
    name: '計画 ゆき',
    reading: 'ケイカク ユキ',
    mail: 'planner@staff.example.jp',
    what: '計画と成果レポートを担当する職員',
    section: 'digital-strategy',
    roles: ['staff', 'plan-editor'],
  },
  {
    subject: 'administrator',
    id: '01900000-0000-7000-8000-000000000104',
    name: '管理 そら',
    reading: 'カンリ ソラ',
    mail: 'administrator@staff.example.jp',
    what: '人・役割・所属・設定の管理者',
    section: 'digital-strategy',
    roles: ['staff', 'administrator'],
  },
  {
    subject: 'auditor',
    id: '01900000-0000-7000-8000-000000000105',
    name: '監査 あきら',
    reading: 'カンサ アキラ',
    mail: 'auditor@staff.example.jp',
    what: '記録を調べる監査担当',
    section: 'audit',
    roles: ['staff', 'auditor'],
  },
]

const units = [
  {
    key: 'digital',
    id: '01900000-0000-7000-8000-000000000001',
    kind: 'department',
    name: 'デジタル社会推進局',
    parent: null,
  },
  {
    key: 'digital-strategy',
    id: '01900000-0000-7000-8000-000000000002',
    kind: 'section',
    name: 'デジタル戦略課',
    parent: 'digital',
  },
  {
    key: 'digital-services',
    id: '01900000-0000-7000-8000-000000000003',
    kind: 'section',
    name: 'デジタルサービス課',
    parent: 'digital',
  },
  { key: 'general', id: '01900000-0000-7000-8000-000000000004', kind: 'department', name: '総務部', parent: null },
  { key: 'audit', id: '01900000-0000-7000-8000-000000000005', kind: 'section', name: '行政監察課', parent: 'general' },
] as const

/** Departments, sections and the demonstration persons of one tenant. Sections are those of a trial, not of the documents. */
export async function seed(scene: Scene) {
  const { now } = scene
  const idOf = (key: string | null) => units.find((unit) => unit.key === key)?.id ?? null
  await scene.change(async (db) => {
    await tables(db)
      .insertInto('unit')
      .values(units.map(({ id, kind }) => ({ id, kind })))
      .execute()
    await tables(db)
      .insertInto('unit_state')
      .values(
        units.map(({ id, name, parent }, ordinal) => ({
          unit: id,
          valid_from: '2021-04-01',
          valid_to: null,
          name,
          parent: idOf(parent),
          ordinal,
        })),
      )
      .execute()
    for (const { id, name, reading, mail, subject, section, roles } of demonstrationPersons) {
      await tables(db)
        .insertInto('person')
        .values({
          id,
          kind: 'staff',
          name,
          reading,
          mail,
          mail_verified_at: now,
          corporate_number: null,
          created_at: now,
          disabled_at: null,
          search: searchText({ name, reading, mail }),
        })
        .execute()
      await tables(db)
        .insertInto('sign_in')
        .values({ issuer: trialIssuer, subject, person: id, linked_at: now })
        .execute()
      await tables(db)
        .insertInto('membership')
        .values({ id, person: id, section: idOf(section), valid_from: '2026-04-01', valid_to: null })
        .execute()
      await tables(db)
        .insertInto('role_grant')
        .values(
          roles.map((role) => ({
            id: newId(now.getTime()),
            person: id,
            role,
            department: null,
            section: null,
            granted_at: now,
            granted_by: 'system',
            revoked_at: null,
            revoked_by: null,
            reason: '体験環境の初期設定',
          })),
        )
        .execute()
    }
  })
}

import type { RoleName } from '#core/policy.ts'

/** Where a role may hold. Those who manage or audit do so for the whole office: part of it would see through to the rest. */
type Reach = 'whole' | 'any'

type Sentence = { name: string; may(where: string): string }

/**
 * What each role may do, as sentences. `where` is the whole office, a department or a section by its name.
 * The code that holds to them stands in each action's and view's `allow`.
 */
export const policy: Record<RoleName, { reach: Reach; ja: Sentence; en: Sentence }> = {
  staff: {
    reach: 'whole',
    ja: { name: '職員', may: (where) => `${where}の職員として、職員用の画面を開けます` },
    en: { name: 'Staff', may: (where) => `May open the staff console of ${where}` },
  },
  reviewer: {
    reach: 'any',
    ja: { name: '審査', may: (where) => `${where}の申請を審査できます` },
    en: { name: 'Reviewer', may: (where) => `May review the applications of ${where}` },
  },
  approver: {
    reach: 'any',
    ja: { name: '決裁', may: (where) => `${where}の申請を決裁できます` },
    en: { name: 'Approver', may: (where) => `May decide on the applications of ${where}` },
  },
  'procedure-editor': {
    reach: 'any',
    ja: { name: '手続編集', may: (where) => `${where}の手続と様式を作り、公開できます` },
    en: { name: 'Procedure editor', may: (where) => `May make and publish procedures and forms of ${where}` },
  },
  'plan-editor': {
    reach: 'any',
    ja: { name: '計画編集', may: (where) => `${where}の計画と成果を入力できます` },
    en: { name: 'Plan editor', may: (where) => `May enter plans and results of ${where}` },
  },
  administrator: {
    reach: 'whole',
    ja: { name: '管理者', may: (where) => `${where}の人・役割・所属・APIトークン・設定を管理できます` },
    en: {
      name: 'Administrator',
      may: (where) => `May manage people, roles, sections, tokens and settings of ${where}`,
    },
  },
  auditor: {
    reach: 'whole',
    ja: { name: '監査', may: (where) => `${where}の監査記録を調べられます` },
    en: { name: 'Auditor', may: (where) => `May search the audit trail of ${where}` },
  },
}

import type { RoleName } from '#core/policy.ts'

/** A role, and what it may do. `where` is the whole office, a department or a section by its name. */
export type RoleSentence = { name: string; may(where: string): string }

export const ja: Record<RoleName, RoleSentence> = {
  staff: { name: '職員', may: (where) => `${where}の職員として、職員用の画面を開けます` },
  reviewer: { name: '審査', may: (where) => `${where}の申請を審査できます` },
  approver: { name: '決裁', may: (where) => `${where}の申請を決裁できます` },
  'procedure-editor': { name: '手続編集', may: (where) => `${where}の手続と様式を作り、公開できます` },
  'plan-editor': { name: '計画編集', may: (where) => `${where}の計画と成果を入力できます` },
  administrator: { name: '管理者', may: (where) => `${where}の人・役割・所属・APIトークン・設定を管理できます` },
  auditor: { name: '監査', may: (where) => `${where}の監査記録を調べられます` },
}

import type { ja } from './words.roles.ja.ts'

export const en: typeof ja = {
  staff: { name: 'Staff', may: (where) => `May open the staff console of ${where}` },
  reviewer: { name: 'Reviewer', may: (where) => `May review the applications of ${where}` },
  approver: { name: 'Approver', may: (where) => `May decide on the applications of ${where}` },
  'procedure-editor': {
    name: 'Procedure editor',
    may: (where) => `May make and publish procedures and forms of ${where}`,
  },
  'plan-editor': { name: 'Plan editor', may: (where) => `May enter plans and results of ${where}` },
  administrator: {
    name: 'Administrator',
    may: (where) => `May manage people, roles, sections, tokens and settings of ${where}`,
  },
  auditor: { name: 'Auditor', may: (where) => `May search the audit trail of ${where}` },
}

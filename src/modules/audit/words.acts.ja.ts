/** What the acts and views of this module are called in the audit trail. */
export const acts: Readonly<Record<string, string>> = {
  'people.audit-entries': '監査記録',
  'people.audit-export': '監査記録の書き出し',
}

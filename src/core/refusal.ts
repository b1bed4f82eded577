/** The five ways to say no. Statuses and pages belong to `web/`. */
export type RefusalKind = 'invalid' | 'signed-out' | 'forbidden' | 'missing' | 'conflict'

/**
 * The house says no. `what` is for people and logs: never personal data.
 * `fields` holds a sentence per faulty field, as shown beside it.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly kind: RefusalKind
  readonly fields: Readonly<Record<string, string>>

  constructor(kind: RefusalKind, what: string, fields: Readonly<Record<string, string>> = {}) {
    super(what)
    this.kind = kind
    this.fields = fields
  }
}

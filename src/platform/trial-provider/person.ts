/** Somebody to be in the trial. All of it is invented. */
export type TrialPerson = {
  /** Becomes the subject. */
  id: string
  name: string
  /** Whose person it is, the heading on the page: 三重県, 津市, 住民. */
  office: string
  /** What one can see and do as this person, in a short sentence. */
  role: string
  department?: string | null
  section?: string | null
  groups?: readonly string[]
  mail?: string | null
  mailVerified?: boolean
  /** What a card or a business account says besides, by the provider's own names of claims. */
  claims?: Readonly<Record<string, unknown>>
}

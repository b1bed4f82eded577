import type { z } from 'zod'
import type { entryShown } from '../views/audit-search.ts'
import type { ja } from '../words.ja.ts'

type Entry = z.output<typeof entryShown>
type Words = typeof ja

/** Who did it, as a word of a sentence. */
const actorOf = (w: Words, { actorKind, actorName, actor }: Entry): string => {
  if (actorKind === 'visitor') return w.audit.visitor
  if (actorKind === 'system') return w.audit.system
  const name = actorName ?? actor ?? w.audit.unknown
  return actorKind === 'token' ? w.audit.token(name) : name
}

/** An entry as one sentence; also in the file. */
export function sentenceOf(w: Words, entry: Entry): string {
  const say = { act: w.audit.did, read: w.audit.read, refusal: w.audit.refused }[entry.kind]
  const forWhom = entry.represents ? w.audit.forSomebody(entry.represents) : ''
  return say(`${actorOf(w, entry)}${forWhom}`, entry.title)
}

type Subject = Entry['subjects'][number]

/** One subject in words: its name where it has one, else its kind and number. */
export function subjectText(w: Words, { module, kind, id, name }: Subject): string {
  if (name !== null) return name
  if (module !== 'people') return `${module}/${kind} ${id}`
  // The office has one set of settings, and its fields have words.
  if (kind === 'settings') return w.audit.subjectKinds.settings ?? kind
  if (kind === 'setting') return w.audit.setting(w.audit.settings[id as 'name'])
  return `${w.audit.subjectKinds[kind] ?? kind} ${id}`
}

/** The same for a file: what a program needs, and words where they say more. */
export const subjectLine = (w: Words, subject: Subject): string => {
  const { module, kind, id } = subject
  const words = subjectText(w, subject)
  return [`${module}/${kind}/${id}`, ...(words.endsWith(id) ? [] : [words])].join(' ')
}

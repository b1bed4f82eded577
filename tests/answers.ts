/** Where an answer leads, within the tenant of most tests. */
export const pathIn = (answer: Response): string => (answer.headers.get('location') ?? '').replace(/^\/attaka/, '')

/** The last part of where it leads: the id of what was made, or a receipt number. */
export const idIn = (answer: Response): string => pathIn(answer).split('/').at(-1) ?? ''

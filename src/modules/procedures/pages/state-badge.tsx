import { Badge } from '#ui/index.ts'
import type { FilingState, Opening } from '../rules.ts'
import type { PublicWords } from '../words.en.ts'

const kinds = {
  received: 'now',
  reviewing: 'now',
  correcting: 'warn',
  approved: 'ok',
  rejected: 'bad',
  withdrawn: 'idle',
} as const

/** The state of a filing in one word, in the words of its page. */
export const StateBadge = ({ state, words }: { state: FilingState; words: Pick<PublicWords, 'states'> }) => (
  <Badge kind={kinds[state]}>{words.states[state].short}</Badge>
)

/** Whether a procedure can be filed now. */
export const OpeningBadge = ({ opening, words }: { opening: Opening; words: Pick<PublicWords, 'opening'> }) => (
  <Badge kind={opening === 'open' ? 'now' : 'idle'}>{words.opening[opening]}</Badge>
)

import { formatBytes } from '#ui/index.ts'
import type { UploadFault } from '../actions/receive-upload.ts'
import { bounded, type Limits, typesOf } from '../limits.ts'
import type { ja } from '../words.ja.ts'

/** What is said beside the field when a file was not taken: why, and what to do. */
export function faultSentence(w: typeof ja, fault: UploadFault, limits: Limits): string {
  const { tooLarge, wrongType, empty, cut, myNumber, tooMany, away } = w.faults
  switch (fault) {
    case 'too-large':
      return tooLarge(formatBytes(bounded(limits).maxBytes))
    case 'wrong-type': {
      const kinds = typesOf(limits.accept).map((type) => w.types[type] ?? type)
      return wrongType(kinds.join(w.anyOf), kinds.length > 1)
    }
    case 'empty':
      return empty
    case 'cut':
      return cut
    case 'my-number':
      return myNumber
    case 'too-many':
      return tooMany
    case 'away':
      return away
  }
}

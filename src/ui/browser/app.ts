/** The browser part of every page. Each import adds one comfort; without any of them all pages still work. */

import { countCharacters } from './count.ts'
import { enhanceDialogs } from './dialog.ts'
import { defineDraftForm } from './draft-form.ts'
import { focusErrors } from './error-summary.ts'
import { defineFileField } from './file-field.ts'
import { enhanceKeys } from './keys.ts'
import { defineLiveRegion } from './live-region.ts'
import { openRail } from './rail.ts'
import { sendOnce } from './send-once.ts'

sendOnce()
enhanceDialogs()
enhanceKeys()
countCharacters()
openRail()
defineFileField()
defineDraftForm()
defineLiveRegion()
focusErrors()

import { ConsoleExample } from './gallery/console-example.tsx'
import { FormExample } from './gallery/form-example.tsx'
import { Parts } from './gallery/parts.tsx'

/**
 * Every part in every state, on three pages: the parts, a form with errors in the public shell, and a case in the staff console.
 * Shown in trial mode and walked through by the accessibility tests. All names and figures in it are invented.
 */
export const Gallery = ({ show = 'parts' }: { show?: 'parts' | 'form' | 'console' }) => {
  if (show === 'form') return <FormExample />
  if (show === 'console') return <ConsoleExample />
  return <Parts />
}

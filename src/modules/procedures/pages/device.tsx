import { Actions, Button, Form, useShell } from '#ui/index.ts'
import { usePublicWords } from '../words.ts'

/** For devices that others use, too: forgets what was entered without signing in. Whoever is signed in signs out instead. */
export const ForgetDevice = () => {
  const w = usePublicWords().device
  if (useShell().person) return null
  return (
    <details>
      <summary>{w.title}</summary>
      <Form action="/forget-device" label={w.title}>
        <p>{w.text}</p>
        <Actions>
          <Button kind="secondary">{w.button}</Button>
        </Actions>
      </Form>
    </details>
  )
}

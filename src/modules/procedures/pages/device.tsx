import { Actions, Button, Form, useShell, useWords } from '#ui/index.ts'
import { en, type PublicWords } from '../words.en.ts'
import { ja } from '../words.ja.ts'

const words: { ja: PublicWords; en: PublicWords } = { ja, en }

/** For devices that others use, too: forgets what was entered without signing in. Whoever is signed in signs out instead. */
export const ForgetDevice = () => {
  const w = useWords(words).device
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

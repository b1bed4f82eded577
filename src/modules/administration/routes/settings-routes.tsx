import { Hono } from 'hono'
import { show } from '#core/view.ts'
import type { Web } from '#web/context.ts'
import { type Retry, showForm, submitForm } from '#web/form.tsx'
import { wordsFor } from '#web/words.ts'
import { changeSettings } from '../actions/change-settings.ts'
import { places, words } from '../pages/administration-words.ts'
import { SettingsPage } from '../pages/settings.tsx'
import { settings } from '../views/settings.ts'

const settingsForm: Retry = async (c, typed, errors) => {
  const { colours, ...now } = await show(settings, c.var.scene, {})
  const values = Object.entries(now).map(([name, value]) => [name, value ?? ''] as const)
  // An empty field that was typed empty stays empty: only a page that nobody has typed on shows what is stored.
  const shown = 'name' in typed ? typed : Object.fromEntries(values)
  return <SettingsPage typed={shown} errors={errors} colours={colours} />
}

/** What the office says of itself. */
export const settingsRoutes = new Hono<Web>().get(places.settings, showForm(settingsForm)).post(
  places.settings,
  submitForm(changeSettings, {
    retry: settingsForm,
    next: (_, c) => ({ to: places.settings, said: wordsFor(c, words).settings.done }),
  }),
)

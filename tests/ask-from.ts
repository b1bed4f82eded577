import { formTokenOf } from '#web/guard.ts'
import type { House } from '../src/house.ts'
import type { TestHouse } from './house.ts'

type Asking = RequestInit & { from: string; secret?: string | undefined }

/** Asks an application behind a proxy, from an address, by a browser that may have a secret. */
export const askFrom = ({ app }: House, path: string, { from, secret, ...init }: Asking) =>
  app.request(`http://localhost:3000${path}`, {
    ...init,
    headers: {
      'x-forwarded-for': from,
      ...(secret && { cookie: `attaka=${secret}` }),
      ...(init.headers as Record<string, string>),
    },
  })

/** A form as a browser with that secret sends it; with its own token, unless the fields have another. */
export const formOf = ({ outside }: TestHouse, secret: string, fields: Record<string, string>) => ({
  method: 'POST',
  secret,
  body: new URLSearchParams({ _csrf: formTokenOf(outside.sealer, secret), ...fields }),
})

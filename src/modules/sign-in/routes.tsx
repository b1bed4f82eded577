import { Hono } from 'hono'
import type { Web } from '#web/context.ts'
import { accountRoutes } from './routes/account-routes.tsx'
import { linkRoutes } from './routes/link-routes.tsx'
import { providerRoutes } from './routes/provider-routes.tsx'
import { signInRoutes } from './routes/sign-in-routes.tsx'

/** Signing in and out, and one's own account. */
export const routes = new Hono<Web>()
  .route('/', signInRoutes)
  .route('/', providerRoutes)
  .route('/', accountRoutes)
  .route('/', linkRoutes)

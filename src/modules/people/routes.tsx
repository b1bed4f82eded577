import { Hono } from 'hono'
import type { Web } from '#web/context.ts'
import { accountRoutes } from './account-routes.tsx'
import { administrationRoutes } from './administration-routes.tsx'
import { auditRoutes } from './audit-routes.tsx'
import { identityRoutes } from './identity-routes.tsx'
import { mandateRoutes } from './mandate-routes.tsx'
import { peopleRoutes } from './people-routes.tsx'
import { providerRoutes } from './provider-routes.tsx'
import { representationRoutes } from './representation-routes.tsx'
import { signInRoutes } from './sign-in-routes.tsx'
import { unitRoutes } from './unit-routes.tsx'

/** Signing in, one's own account, administration, audit. */
export const routes = new Hono<Web>()
  .route('/', signInRoutes)
  .route('/', providerRoutes)
  .route('/', accountRoutes)
  .route('/', identityRoutes)
  .route('/', mandateRoutes)
  .route('/', representationRoutes)
  .route('/', peopleRoutes)
  .route('/', unitRoutes)
  .route('/', administrationRoutes)
  .route('/', auditRoutes)

import { Hono } from 'hono'
import type { Web } from '#web/context.ts'
import { actingRoutes } from './routes/acting-routes.tsx'
import { mandateRoutes } from './routes/mandate-routes.tsx'

/** One's own mandates, and for whom one acts. */
export const routes = new Hono<Web>().route('/', mandateRoutes).route('/', actingRoutes)

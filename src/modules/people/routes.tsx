import { Hono } from 'hono'
import type { Web } from '#web/context.ts'
import { groupRoutes } from './routes/group-routes.tsx'
import { unitRoutes } from './routes/unit-routes.tsx'

/** Departments and sections, and roles by groups. */
export const routes = new Hono<Web>().route('/', unitRoutes).route('/', groupRoutes)

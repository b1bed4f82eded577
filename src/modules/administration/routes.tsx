import { Hono } from 'hono'
import type { Web } from '#web/context.ts'
import { companyRoutes } from './routes/company-routes.tsx'
import { peopleRoutes } from './routes/people-routes.tsx'
import { settingsRoutes } from './routes/settings-routes.tsx'

/** Persons and companies, and the settings of the office. */
export const routes = new Hono<Web>().route('/', peopleRoutes).route('/', companyRoutes).route('/', settingsRoutes)

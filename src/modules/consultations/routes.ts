import { Hono } from 'hono'
import type { Web } from '#web/context.ts'

/** No pages yet. */
export const routes = new Hono<Web>()

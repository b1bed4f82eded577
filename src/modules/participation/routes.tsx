import { Hono } from 'hono'
import type { Web } from '#web/context.ts'

export const routes = new Hono<Web>()

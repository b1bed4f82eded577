import { Hono } from 'hono'
import type { Web } from '#web/context.ts'
import { downloadRoutes } from './download-routes.tsx'
import { uploadRoutes } from './upload-routes.ts'

/** Bytes in, bytes out: too different to share a file. */
export const routes = new Hono<Web>().route('/', uploadRoutes).route('/', downloadRoutes)

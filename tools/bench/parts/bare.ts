import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'

/**
 * The least that answers by HTTP, in a process of its own (run by Node as it stands): a text, and three inserts in one
 * transaction, as somebody might write them in an afternoon. No tenants, no rights, no trail, no letters.
 */
process.once('message', async ({ adminUrl }: { adminUrl: string }) => {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 12 })
  await pool.query(`create schema if not exists bench;
    create table if not exists bench.one (id uuid primary key, answers jsonb not null);
    create table if not exists bench.two (id uuid primary key, of uuid not null references bench.one, kind text not null);
    create table if not exists bench.three (id uuid primary key, act text not null, at timestamptz not null default now())`)
  const app = new Hono()
    .get('/', (c) => c.text('ok'))
    .post('/file', async (c) => {
      const id = crypto.randomUUID()
      const answers = JSON.stringify(await c.req.parseBody())
      const client = await pool.connect()
      try {
        await client.query('begin')
        await client.query('insert into bench.one values ($1, $2)', [id, answers])
        await client.query('insert into bench.two values ($1, $2, $3)', [crypto.randomUUID(), id, 'arrived'])
        await client.query('insert into bench.three values ($1, $2)', [crypto.randomUUID(), 'filed'])
        await client.query('commit')
      } finally {
        client.release()
      }
      return c.redirect(`/filings/${id}`, 303)
    })
  const server = createServer(getRequestListener(app.fetch))
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
  })
  process.once('disconnect', () => process.exit(0))
})

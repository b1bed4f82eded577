import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof openMetrics>

/** What operators watch. Labels are routes as written in the code, never addresses with ids in them. */
export function openMetrics(load: () => { waiting: number; served: number }) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'attaka_database_transactions',
    help: 'Transactions that are open, and those that wait for a connection',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { waiting, served } = load()
      this.set({ state: 'open' }, served)
      this.set({ state: 'waiting' }, waiting)
    },
  })
  const seconds = new Histogram({
    name: 'attaka_http_seconds',
    help: 'Time to answer, by route, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const troubles = new Counter({
    name: 'attaka_troubles_total',
    help: 'Requests that did not do what was asked, by kind',
    labelNames: ['kind'],
    registers: [registry],
  })
  const jobs = new Counter({
    name: 'attaka_jobs_failed_total',
    help: 'Jobs that failed once (they are tried again)',
    labelNames: ['job'],
    registers: [registry],
  })
  return { registry, seconds, troubles, jobs }
}

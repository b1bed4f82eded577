import { ensureBuilt, openApplication } from '../../tests/crash/application.ts'
import type { Bench } from './figure.ts'

/** From the start of the process until it says that it is ready: on an empty folder, again, and after a kill -9. */
export const bench: Bench = {
  name: 'start',
  async run(report) {
    await ensureBuilt()
    const application = await openApplication()
    const timed = async () => {
      const begun = performance.now()
      application.start()
      await application.ready()
      return (performance.now() - begun) / 1000
    }
    try {
      const size = 'embedded server, five demonstration tenants'
      report({ name: 'first start: makes database and tenants', size, value: await timed(), unit: 's' })
      await application.stop()
      const second = await timed()
      report({ name: 'second start', size, value: second, unit: 's', aim: 'under 5 s', met: second < 5 })
      await application.kill()
      const third = await timed()
      report({ name: 'start after a kill -9', size, value: third, unit: 's', aim: 'under 5 s', met: third < 5 })
      await application.stop()
    } finally {
      await application.remove()
    }
  },
}

// Loaded before a program that tools/node.mjs runs: if the starter is killed, the program stops as if it were asked to.
import { isMainThread } from 'node:worker_threads'

if (isMainThread && process.channel) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    // Nobody is left who could ask a second time.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 20_000).unref()
  })
  process.channel.unref()
}

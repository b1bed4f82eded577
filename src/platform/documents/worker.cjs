// Runs in a thread of its own: loading fonts and laying out pages would block the server for too long.
const { readFileSync } = require('node:fs')
const { parentPort, workerData } = require('node:worker_threads')
const { NodeCompiler } = require(workerData.compiler)

const compiler = NodeCompiler.create({
  workspace: workerData.workspace,
  fontArgs: [{ fontBlobs: workerData.fonts.map((file) => readFileSync(file)) }],
})

parentPort.on('message', ({ id, source, inputs, createdAt }) => {
  try {
    const options = { pdfStandard: 'ua-1' }
    if (createdAt !== null) options.creationTimestamp = createdAt
    const made = compiler.pdf({ mainFileContent: source, inputs }, options)
    // The compiler's memory may be shared; ours is handed over.
    const pdf = Uint8Array.from(made)
    parentPort.postMessage({ id, pdf }, [pdf.buffer])
  } catch (error) {
    // The compiler puts its sentence into `code` and leaves the message empty.
    parentPort.postMessage({ id, error: String(error?.message || error?.code || error).trim() })
  }
  // Keeps what recent documents share, forgets the rest.
  compiler.evictCache(10)
})

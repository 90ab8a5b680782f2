#!/usr/bin/env node
// Runs the command under Node 24, whatever runs this: plain JavaScript for Node 18 and newer.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED = 24
const require = createRequire(import.meta.url)
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']

const child = spawn(newNode(), [...memoryFlags(), ...mainFile(), ...process.argv.slice(2)], {
  // Over the channel the command learns when this process is gone, whatever ended it.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
// What a terminal sends to all of its processes arrives twice; the command takes that as once.
for (const signal of SIGNALS) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  process.stderr.write(`hexapla: Node ${NEEDED} cannot be run: ${error.message}\n`)
  process.exitCode = 1
})
child.on('exit', (code, signal) => {
  process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
})

/** This very program if it is new enough, else that of the npm package `node`. */
function newNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED) return process.execPath
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  return join(dirname(require.resolve('node/package.json')), 'bin', name)
}

/**
 * V8 notices late how much memory buffers take. With a small young generation it collects often enough that transfers
 * stay small. What a server's requests leave behind is gone before a large one is full: measured, that takes a tenth less
 * processor time and a fifth less memory than if some of it grows old.
 */
function memoryFlags() {
  return [`--max-semi-space-size=${process.argv[2] === 'serve' ? 32 : 2}`]
}

/** The sources in a checkout, what was built of them in a published package. */
function mainFile() {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..')
  const source = join(folder, 'src', 'main.ts')
  return existsSync(source) ? ['--conditions=@hexapla/source', source] : [join(folder, 'dist', 'main.js')]
}

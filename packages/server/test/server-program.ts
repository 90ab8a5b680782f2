import { parseConfig, startServer } from '@hexapla/server'

// A server in a process of its own, so that what it measures is the server alone: its settings are the environment.
// Told `reset` it begins to measure, told `peak` it answers how many bytes of memory it has had at most since.
const settings = Object.entries(process.env).filter(([name]) => /^(?:HEXAPLA_|DATABASE_URL$)/.test(name))
const server = await startServer(parseConfig(Object.fromEntries(settings)))
let peak = 0
const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)

process.on('message', (order) => {
  if (order === 'reset') {
    globalThis.gc?.()
    peak = process.memoryUsage.rss()
  }
  if (order === 'stop') {
    clearInterval(timer)
    void server.stop().then(() => process.disconnect())
  } else {
    process.send?.({ peak })
  }
})
process.send?.({ url: server.url })

import { run } from './run.ts'

// Without its launcher (bin/hexapla.js, ended by SIGKILL) the command would go on where nobody can end it.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

process.exitCode = await run(process.argv.slice(2))

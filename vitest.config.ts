import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

// Workspaces are tested from their sources, without a build before.
const conditions = ['@hexapla/source', ...defaultServerConditions]

// Workers start before the global setup, so it leaves the address of its PostgreSQL in a file that both know.
const postgresFile = join(tmpdir(), `hexapla-test-postgres-${process.pid}`)
process.env['TEST_POSTGRES_FILE'] = postgresFile

export default defineConfig({
  ssr: { resolve: { conditions, externalConditions: ['@hexapla/source'] } },
  test: {
    env: { TEST_POSTGRES_FILE: postgresFile },
    globalSetup: ['packages/testing/src/global-setup.ts'],
    include: ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})

import { defineConfig } from 'vitest/config'

const setupFiles = ['tests/factories/property-seed.ts']

/** One project per kind of test, so that each can be run alone: `npx vitest run --project unit`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          setupFiles,
          // They touch nothing outside of themselves, so that what one file has loaded serves the next.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          setupFiles,
          // Each file opens a database of its own; what they all load is loaded once for each of two workers.
          isolate: false,
          maxWorkers: 2,
          globalSetup: ['tests/factories/postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'sync',
          include: ['tests/sync/**/*.test.ts'],
          setupFiles,
          isolate: false,
          maxWorkers: 2,
          globalSetup: ['tests/factories/postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: ['tests/factories/postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/running-server.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // Each file makes its own texts; two at a time keep two cores busy.
          maxWorkers: 2,
        },
      },
    ],
  },
})

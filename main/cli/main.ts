/** `callboard COMMAND`: the core from a terminal or a script. JSON on stdout, errors on stderr, 0 when done. */
import { parseArgs } from 'node:util'
import { EXIT_MISUSED, EXIT_REFUSED, Misuse, Refused } from './failure.ts'
import { usage } from './usage.ts'

const options = {
  as: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  id: { type: 'string' },
  input: { type: 'string', short: 'i' },
  json: { type: 'boolean' },
  markdown: { type: 'boolean' },
  org: { type: 'string' },
  port: { type: 'string' },
  profile: { type: 'string' },
  scope: { type: 'string' },
  seed: { type: 'string' },
  today: { type: 'string' },
  version: { type: 'boolean', short: 'v' },
} as const

function readArguments(): ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>> {
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error))
  }
}

const print = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

async function runCommand(): Promise<void> {
  const { values, positionals } = readArguments()
  const [command, subject] = positionals
  if (values.version) {
    const { appVersion } = await import('./asking.ts')
    process.stdout.write(`${appVersion()}\n`)
    return
  }
  if (values.help || command === undefined || command === 'help') {
    process.stdout.write(usage)
    return
  }
  // Each command loads what it needs: help and mistakes answer at once.
  switch (command) {
    case 'call': {
      if (subject === undefined) throw new Misuse('which operation? callboard call mission.create --input file.json')
      const { callOperation } = await import('./call.ts')
      print(await callOperation({ ...values, name: subject, file: values.input }))
      return
    }
    case 'demo': {
      const { makeDemo } = await import('./demo.ts')
      print(await makeDemo(values))
      return
    }
    case 'export': {
      const { exportOrganization } = await import('./organization.ts')
      print(await exportOrganization(values))
      return
    }
    case 'operations': {
      const { describeOperations } = await import('./operations.ts')
      process.stdout.write(describeOperations(values.markdown === true))
      return
    }
    case 'verify-audit': {
      const { verifyAudit } = await import('./organization.ts')
      print(await verifyAudit(values))
      return
    }
    case 'web': {
      const { serveWeb } = await import('./web.ts')
      await serveWeb(values)
      return
    }
    default:
      throw new Misuse(`unknown command '${command}'`)
  }
}

function explain(error: unknown): number {
  if (error instanceof Refused) {
    process.stderr.write(`${JSON.stringify({ error: error.failure })}\n`)
    return EXIT_REFUSED
  }
  if (error instanceof Misuse) {
    process.stderr.write(`callboard: ${error.message}\nTry: callboard help\n`)
    return EXIT_MISUSED
  }
  // The host's own errors carry a code too: a folder in use, a file that cannot be opened.
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'server.unexpected'
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${JSON.stringify({ error: { code, message, details: [] } })}\n`)
  return EXIT_REFUSED
}

try {
  await runCommand()
} catch (error) {
  process.exitCode = explain(error)
}

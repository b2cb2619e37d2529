/** `callboard COMMAND`: the core from a terminal or a script. JSON on stdout, errors on stderr, 0 when done. */
import { parseArgs } from 'node:util'
import { appVersion } from './asking.ts'
import { callOperation } from './call.ts'
import { EXIT_MISUSED, EXIT_REFUSED, Misuse, Refused } from './failure.ts'
import { printOperations } from './operations.ts'
import { usage } from './usage.ts'
import { serveWeb } from './web.ts'

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
  scope: { type: 'string' },
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
    process.stdout.write(`${appVersion()}\n`)
    return
  }
  if (values.help || command === undefined || command === 'help') {
    process.stdout.write(usage)
    return
  }
  switch (command) {
    case 'call':
      if (subject === undefined) throw new Misuse('which operation? callboard call mission.create --input file.json')
      print(await callOperation({ ...values, name: subject, file: values.input }))
      return
    case 'operations':
      process.stdout.write(await printOperations(values))
      return
    case 'web':
      await serveWeb(values)
      return
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

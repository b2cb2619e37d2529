/** `callboard-server COMMAND`. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readSettings, SettingsProblem, type Settings } from '../settings.ts'
import { usage } from './usage.ts'

const options = {
  data: { type: 'string' }, host: { type: 'string' }, port: { type: 'string' }, json: { type: 'boolean' }, yes: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' },
} as const

class Misuse extends Error {}

const packageFile = new URL('../../package.json', import.meta.url)
const version = (): string => z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version
const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

function asked() {
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error))
  }
}

function settingsOf(values: ReturnType<typeof asked>['values']): Settings {
  return readSettings({
    ...process.env, ...(values.data === undefined ? {} : { DATA_DIR: values.data }), ...(values.host === undefined ? {} : { HOST: values.host }), ...(values.port === undefined ? {} : { PORT: values.port }),
  })
}

/** The exit code. */
async function run(): Promise<number> {
  const { values, positionals } = asked()
  const [command = 'serve', ...rest] = positionals
  if (values.help || command === 'help') return say(usage.trimEnd()), 0
  if (values.version || command === 'version') return say(version()), 0
  switch (command) {
    case 'serve': {
      const { serve } = await import('./serve.ts')
      return serve(settingsOf(values), version(), values.json === true)
    }
    case 'openapi': {
      const { openApi } = await import('../http/openapi.ts')
      return say(JSON.stringify(openApi(version()), null, 2)), 0
    }
    case 'codes': case 'backup': case 'backups': case 'restore': case 'verify': case 'recovery': {
      const keeping = await import('./keeping.ts')
      const done = await keeping[command](settingsOf(values), version(), rest, values.yes === true)
      if (done === null) throw new Misuse(`callboard-server ${command} is asked with more: see --help`)
      return done
    }
    default:
      throw new Misuse(`there is no command ${command}`)
  }
}

try {
  const code = await run()
  process.exitCode = code
} catch (error) {
  const isMisuse = error instanceof Misuse || error instanceof SettingsProblem
  process.stderr.write(`callboard-server: ${error instanceof Error ? error.message : String(error)}\n${error instanceof Misuse ? `\n${usage}` : ''}`)
  process.exitCode = isMisuse ? 2 : 1
}

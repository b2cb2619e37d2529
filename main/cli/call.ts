/** `callboard call NAME`: one operation, its input from a file or stdin; the answer's value as JSON. */
import { readFileSync } from 'node:fs'
import { withCore, type Who } from './asking.ts'
import { Misuse } from './failure.ts'

export interface CallCommand extends Who {
  name: string
  data?: string | undefined
  org?: string | undefined
  id?: string | undefined
  /** File with the input as JSON; `-` is stdin. */
  file?: string | undefined
}

export async function callOperation(command: CallCommand): Promise<unknown> {
  const input = readInput(command)
  return withCore(command, (run) => run.ask(command.name, input, { org: command.org, id: command.id }))
}

function readInput({ file }: CallCommand): unknown {
  if (file === undefined) return {}
  try {
    return parse(readFileSync(file === '-' ? 0 : file, 'utf8'), file)
  } catch (error) {
    if (error instanceof Misuse) throw error
    throw new Misuse(`${file} cannot be read`)
  }
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Misuse(`${where} is not JSON`)
  }
}

/** `callboard operations`: what can be asked, from the declarations themselves; `--markdown` is docs/api.md. */
import { withCore } from './asking.ts'

export interface OperationsCommand {
  data?: string | undefined
  markdown?: boolean | undefined
}

export async function printOperations(command: OperationsCommand): Promise<string> {
  const catalogue = await withCore({ data: command.data }, (run) => run.ask('app.catalogue', {}))
  return `${JSON.stringify(catalogue, null, 2)}\n`
}

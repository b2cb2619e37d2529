/** Every operation with the JSON Schema of its input and output: what docs/api.md and people who script Callboard read. */
import { z } from 'zod'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { hostOperationList } from './operations.ts'

export interface DescribedOperation {
  name: string
  kind: 'command' | 'query'
  about: string
  /** Permission it needs; null for operations of this computer. */
  permission: string | null
  undoable: boolean
  input: unknown
  output: unknown
}

const schemaOf = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })

export function toJsonSchemas(): DescribedOperation[] {
  const ofHost = hostOperationList.map(({ name, kind, about, input }) => ({ name, kind, about, permission: null, undoable: false, input: schemaOf(input), output: {} }))
  const hostNames = new Set(ofHost.map(({ name }) => name))
  const ofOrganization = organizationOperations
    .map(({ operation }) => operation)
    .filter(({ name }) => !hostNames.has(name))
    .map(({ name, kind, about, permission, undoable, input, output }) => ({
      name, kind, about, permission, undoable: kind === 'command' && undoable, input: schemaOf(input), output: schemaOf(output),
    }))
  return [...ofHost, ...ofOrganization].sort((a, b) => a.name.localeCompare(b.name))
}

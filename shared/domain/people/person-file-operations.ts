import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'

export const exportPerson = query({
  name: 'collaborator.export_data',
  about: 'Everything held on one person that the asker may read, as a JSON file: records that are theirs, and where their work is named. Audited.',
  input: z.strictObject({ collaborator_id: wire.id }),
  output: z.object({
    file_name: z.string(), type: z.literal('application/json'), base64: z.string(), sha256: z.string(), records: z.int(),
    /** Columns kept from the asker, `collaborator.phone`; the file says so too. */
    withheld: z.array(z.string()),
    /** Records in places the asker does not read. */
    elsewhere: z.int(),
  }),
  permission: 'contact:read',
  target: { kind: 'person', id: (input) => input.collaborator_id },
})

import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'
import { languages } from '../organization/model.ts'

export const exportPerson = query({
  name: 'collaborator.export_data',
  about: 'Everything held on one person that the asker may read, as a ZIP: a PDF to read, a CSV of each table, the records as JSON, their documents; nobody else’s data. Audited.',
  input: z.strictObject({ collaborator_id: wire.id, /** Of the names and the PDF; missing: the person’s own, else the organization’s. */ language: z.enum(languages).optional() }),
  output: z.object({
    file_name: z.string(), type: z.literal('application/zip'), base64: z.string(), sha256: z.string(), records: z.int(), language: z.enum(languages),
    /** Paths in the ZIP. */
    files: z.array(z.string()),
    /** Names of documents that are not on this computer. */
    missing: z.array(z.string()),
    /** Columns kept from the asker, `collaborator.phone`; the file says so too. */
    withheld: z.array(z.string()),
    /** Records in places the asker does not read. */
    elsewhere: z.int(),
  }),
  permission: 'contact:read',
  target: { kind: 'person', id: (input) => input.collaborator_id },
})

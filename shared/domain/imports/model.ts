import { z } from 'zod'
import { entity, f, optional } from '../entity.ts'

/** What was chosen for the columns of a file, kept for the next file with the same header line. */
export const importMapping = entity({
  name: 'import_mapping',
  scope: 'organization',
  fields: {
    /** Digest of the header line, accents and case left out. */
    signature: f.pattern(/^[0-9a-f]{16,64}$/),
    kind: f.text(40),
    label: optional(f.text(200)),
    mapping: f.json(z.record(z.string(), z.unknown())),
  },
  unique: [['signature', 'kind']],
})

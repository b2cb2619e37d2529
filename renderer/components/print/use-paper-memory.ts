import { z } from 'zod'
import { Paper } from '../../../shared/domain/documents/operations.ts'
import type { DocumentName } from '../../../shared/domain/documents/operations.ts'
import { listMarks, setMark } from '../../app/host-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'

const Remembered = z.object({ paper: Paper, large: z.boolean() })
export type Remembered = z.infer<typeof Remembered>
const PREFIX = 'print.paper.'

interface PaperMemory {
  /** Known, or not to be known: the preview may be made. */
  ready: boolean
  of: (document: DocumentName) => Remembered | null
  keep: (document: DocumentName, choice: Remembered) => void
}

/** The paper and the size of letters that this person chose for a document, asked once: a mark of the person, on this computer. */
export function usePaperMemory(org: string): PaperMemory {
  const marks = useAnswer(listMarks, { org, prefix: PREFIX }, { org: null })
  const set = useCommand(setMark, { org: null })
  return {
    ready: marks.answer !== undefined || marks.failure !== null,
    of: (document) => {
      const known = Remembered.safeParse(marks.answer?.value.items.find((mark) => mark.key === `${PREFIX}${document}`)?.value)
      return known.success ? known.data : null
    },
    keep: (document, choice) => void set.run({ org, key: `${PREFIX}${document}`, value: choice }),
  }
}

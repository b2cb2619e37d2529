import type { z } from 'zod'
import { previewKept } from '../../../shared/domain/sync/operations.ts'
import type { Plain } from '../../app/client.ts'
import { useAnswer } from '../../app/queries.ts'

export type Preview = z.infer<typeof previewKept.output>

/** What a choice would come to, as the core rehearses it; null: nothing to ask, or nothing known yet. */
export function usePreview(asked: Plain<z.infer<typeof previewKept.input>> | null): Preview | null {
  return useAnswer(previewKept, asked).answer?.value ?? null
}

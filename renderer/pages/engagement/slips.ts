import { printSlips } from '../../../shared/domain/engagement/slip-operations.ts'
import type { slipPapers } from '../../../shared/domain/engagement/slip-operations.ts'
import { call } from '../../app/client.ts'
import { bytesFromBase64, saveFile } from '../../app/files.ts'

export interface SlipPrint {
  paper: (typeof slipPapers)[number]
  withRate: boolean
}

/** Slips of these questions, as a file for the person. Nobody is told by it. */
export async function saveSlips(org: string | null, acceptance_ids: readonly string[], { paper, withRate }: SlipPrint): Promise<void> {
  const { value } = await call(printSlips, { acceptance_ids: [...acceptance_ids], paper, ...(withRate ? { with_rate: true } : {}) }, org ? { org } : {})
  await saveFile(value.file_name, bytesFromBase64(value.base64), value.media_type)
}

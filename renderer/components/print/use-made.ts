import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { makeDocument } from '../../../shared/domain/documents/operations.ts'
import type { DocumentFormat, MakeDocument } from '../../../shared/domain/documents/operations.ts'
import { call } from '../../app/client.ts'
import type { CallFailure, Plain } from '../../app/client.ts'
import { bytesFromBase64, saveFile } from '../../app/files.ts'
import { failureOf } from '../../app/queries.ts'

export interface Made {
  bytes: Uint8Array | null
  rows: number
  pages: number | null
  failure: CallFailure | null
  loading: boolean
  retry: () => void
  /** Makes the same in another format and gives it to the person. */
  save: (format: DocumentFormat) => Promise<void>
}

/** The very file; asked once for each choice, since every file made is an export in the log. */
export function useMade(org: string, input: Plain<MakeDocument> | null): Made {
  const query = useQuery({
    queryKey: ['made-document', org, input],
    queryFn: async () => (input === null ? null : (await call(makeDocument, input, { org })).value),
    enabled: input !== null,
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: (before) => before,
  })
  const base64 = query.data?.base64
  const bytes = useMemo(() => (base64 === undefined ? null : bytesFromBase64(base64)), [base64])
  const made = query.data
  const save = useCallback(async (format: DocumentFormat) => {
    if (input === null) return
    const file = format === 'pdf' && made ? made : (await call(makeDocument, { ...input, format }, { org })).value
    await saveFile(file.file_name, bytesFromBase64(file.base64), file.type)
  }, [input, made, org])
  return { bytes, rows: made?.rows ?? 0, pages: made?.pages ?? null, failure: failureOf(query.error), loading: query.isFetching, retry: () => void query.refetch(), save }
}

import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { makeDocument } from '../../../shared/domain/documents/operations.ts'
import type { DocumentFormat, DocumentPurpose, MakeDocument } from '../../../shared/domain/documents/operations.ts'
import { call } from '../../app/client.ts'
import type { CallFailure, Plain } from '../../app/client.ts'
import { bytesFromBase64, saveFile } from '../../app/files.ts'
import { failureOf } from '../../app/queries.ts'

export interface Made {
  /** Of the preview: the very page that is printed or saved, but for its hour. */
  bytes: Uint8Array | null
  rows: number
  pages: number | null
  failure: CallFailure | null
  loading: boolean
  retry: () => void
  /** Makes the same as a file and gives it to the person: that is an export, and audited. */
  save: (format: DocumentFormat) => Promise<void>
  /** Makes the same for the printer: audited too. */
  paper: () => Promise<Uint8Array>
}

/** A preview of the document that follows the choices and the data, and what leaves the app when the person says so. */
export function useMade(org: string, input: Plain<MakeDocument> | null): Made {
  const query = useQuery({
    queryKey: [org, 'document.preview', input],
    queryFn: async () => (input === null ? null : (await call(makeDocument, { ...input, purpose: 'preview' }, { org })).value),
    enabled: input !== null,
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: (before) => before,
  })
  const base64 = query.data?.base64
  const bytes = useMemo(() => (base64 === undefined ? null : bytesFromBase64(base64)), [base64])
  const leave = useCallback(
    async (format: DocumentFormat, purpose: DocumentPurpose) => {
      if (input === null) return null
      const { value } = await call(makeDocument, { ...input, format, purpose }, { org })
      return { name: value.file_name, type: value.type, bytes: bytesFromBase64(value.base64) }
    },
    [input, org],
  )
  const save = useCallback(
    async (format: DocumentFormat) => {
      const file = await leave(format, 'file')
      if (file) await saveFile(file.name, file.bytes, file.type)
    },
    [leave],
  )
  const paper = useCallback(async () => (await leave('pdf', 'print'))?.bytes ?? new Uint8Array(), [leave])
  return { bytes, rows: query.data?.rows ?? 0, pages: query.data?.pages ?? null, failure: failureOf(query.error), loading: query.isFetching, retry: () => void query.refetch(), save, paper }
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { previewImportFile } from '../../../shared/domain/imports/operations.ts'
import type { ImportPreviewAnswer, ImportSource } from '../../../shared/domain/imports/operations.ts'
import { call } from '../../app/client.ts'
import type { CallFailure, Plain } from '../../app/client.ts'
import { failureOf } from '../../app/queries.ts'

/** One number a file, so that the key of a question does not carry the file itself. */
const numbers = new WeakMap<object, number>()
let opened = 0

function numberOf(file: object): number {
  const known = numbers.get(file)
  if (known !== undefined) return known
  numbers.set(file, ++opened)
  return opened
}

export interface AskedPreview {
  preview: ImportPreviewAnswer | undefined
  failure: CallFailure | null
  /** Nothing to show yet. */
  loading: boolean
  /** What is shown is of the settings before. */
  stale: boolean
  retry: () => void
}

/** The preview of a file under its settings. `paused` while its rows are being written: what they change is not looked at. */
export function useImportPreview(org: string, file: object, source: Plain<ImportSource>, paused: boolean): AskedPreview {
  const settings = useMemo(() => {
    const { content_base64: _content, text: _text, ...rest } = source
    return rest
  }, [source])
  const query = useQuery({
    queryKey: [org, previewImportFile.name, numberOf(file), settings],
    queryFn: () => call(previewImportFile, source, { org }),
    enabled: !paused,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  return {
    preview: query.data?.value, failure: failureOf(query.error), loading: query.isPending, stale: query.isPlaceholderData, retry: () => void query.refetch(),
  }
}

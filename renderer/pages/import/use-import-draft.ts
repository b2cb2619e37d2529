import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../app/client.ts'
import { dropDraft, keepDraft, readDraft } from '../../app/host-operations.ts'
import { ImportSource } from '../../../shared/domain/imports/operations.ts'
import { z } from 'zod'
import type { ImportFile, ImportSettings } from './import-file.ts'

/** Characters of a file in one draft (a draft holds 200 kB), and how many such pieces are kept of one file. */
const PIECE = 150_000
const MOST_PIECES = 60
const PAUSE_MS = 300

const Settings = ImportSource.omit({ project_id: true, kind: true, language: true, file_name: true, content_base64: true, text: true }).partial()
const Kept = z.object({ file_name: z.string(), as: z.enum(['content_base64', 'text']), pieces: z.number(), settings: Settings })

export interface OpenImport {
  file: ImportFile
  settings: ImportSettings
}

export interface ImportDraft {
  /** Undefined: still being looked for. */
  open: OpenImport | null | undefined
  /** A file too big to be kept was open: its name and what was settled, for when it is chosen again. */
  missing: { file_name: string; settings: ImportSettings } | null
  choose: (file: ImportFile) => void
  settle: (settings: ImportSettings) => void
  /** It was brought in: nothing is kept of it any more, what is on the screen stays. */
  forget: () => void
  drop: () => void
}

const headKey = (project: string): string => `import:${project}`
const pieceKey = (project: string, index: number): string => `import:${project}:${index}`

const piecesOf = (file: ImportFile): string[] => {
  const content = file.content_base64 ?? file.text ?? ''
  const pieces = Array.from({ length: Math.ceil(content.length / PIECE) }, (_, index) => content.slice(index * PIECE, (index + 1) * PIECE))
  return pieces.length > MOST_PIECES ? [] : pieces
}

/** The file being imported and all that was settled about it: kept for this person alone until it is finished or dropped. */
export function useImportDraft(org: string, project: string): ImportDraft {
  const [open, setOpen] = useState<OpenImport | null | undefined>(undefined)
  const [missing, setMissing] = useState<ImportDraft['missing']>(null)
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; save: () => Promise<unknown> } | null>(null)

  useEffect(() => {
    let gone = false
    void readBack(org, project).then((found) => {
      if (gone) return
      setOpen(found && 'file' in found ? found : null)
      setMissing(found && !('file' in found) ? found : null)
    })
    return () => {
      gone = true
      if (!waiting.current) return
      clearTimeout(waiting.current.timer)
      void waiting.current.save()
      waiting.current = null
    }
  }, [org, project])

  const keepHead = useCallback((file: ImportFile, settings: ImportSettings, soon: boolean): void => {
    const value = { file_name: file.file_name, as: file.text === undefined ? 'content_base64' : 'text', pieces: piecesOf(file).length, settings }
    const save = (): Promise<unknown> => call(keepDraft, { org, key: headKey(project), value }).catch(() => null)
    if (waiting.current) clearTimeout(waiting.current.timer)
    const timer = setTimeout(() => {
      waiting.current = null
      void save()
    }, soon ? 0 : PAUSE_MS)
    waiting.current = { timer, save }
  }, [org, project])

  const choose = useCallback((file: ImportFile): void => {
    const settings = missing?.file_name === file.file_name ? missing.settings : {}
    setMissing(null)
    setOpen({ file, settings })
    for (const [index, value] of piecesOf(file).entries()) void call(keepDraft, { org, key: pieceKey(project, index), value }).catch(() => null)
    keepHead(file, settings, true)
  }, [org, project, missing, keepHead])

  const settle = useCallback((settings: ImportSettings): void => {
    if (!open) return
    setOpen({ file: open.file, settings })
    keepHead(open.file, settings, false)
  }, [open, keepHead])

  const forget = useCallback((): void => {
    if (waiting.current) clearTimeout(waiting.current.timer)
    waiting.current = null
    const pieces = open ? piecesOf(open.file).length : 0
    void call(dropDraft, { org, key: headKey(project) }).catch(() => null)
    for (let index = 0; index < pieces; index++) void call(dropDraft, { org, key: pieceKey(project, index) }).catch(() => null)
  }, [org, project, open])

  const drop = useCallback((): void => {
    forget()
    setOpen(null)
    setMissing(null)
  }, [forget])

  return { open, missing, choose, settle, forget, drop }
}

async function readBack(org: string, project: string): Promise<OpenImport | { file_name: string; settings: ImportSettings } | null> {
  try {
    const head = Kept.safeParse((await call(readDraft, { org, key: headKey(project) })).value.value)
    if (!head.success) return null
    const { file_name, as, pieces } = head.data
    const settings: ImportSettings = JSON.parse(JSON.stringify(head.data.settings))
    const read = await Promise.all(Array.from({ length: pieces }, (_, index) => call(readDraft, { org, key: pieceKey(project, index) })))
    const texts = read.flatMap(({ value }) => (typeof value.value === 'string' ? [value.value] : []))
    if (pieces === 0 || texts.length < pieces) return { file_name, settings }
    return { file: { file_name, [as]: texts.join('') }, settings }
  } catch {
    return null
  }
}

/** Open and save dialogs. The page never names a path: the person does. */
import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { app, dialog, shell, type BrowserWindow, type FileFilter } from 'electron'
import type { FileKind, OpenedFile } from './channels.ts'

const filters: Record<FileKind, FileFilter[]> = {
  pdf: [{ name: 'PDF', extensions: ['pdf'] }],
  table: [{ name: 'CSV, XLSX, ODS', extensions: ['csv', 'tsv', 'txt', 'xlsx', 'xls', 'ods'] }],
  calendar: [{ name: 'iCalendar', extensions: ['ics'] }],
  archive: [{ name: 'ZIP', extensions: ['zip'] }],
  any: [],
}

/** Larger files are not spreadsheets, calendars or sheets. */
const OPEN_LIMIT_BYTES = 100 * 1024 * 1024

const savedPaths = new Set<string>()

export async function saveFile(window: BrowserWindow, name: string, bytes: Uint8Array, kind: FileKind): Promise<string | null> {
  const defaultPath = join(app.getPath('documents'), basename(name))
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath, filters: filters[kind] })
  if (canceled || !filePath) return null
  await writeFile(filePath, bytes)
  savedPaths.add(filePath)
  return filePath
}

export async function openFile(window: BrowserWindow, kind: FileKind): Promise<OpenedFile | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters: filters[kind] })
  const [path] = filePaths
  if (canceled || path === undefined) return null
  const { size } = await stat(path)
  if (size > OPEN_LIMIT_BYTES) return null
  return { name: basename(path), bytes: new Uint8Array(await readFile(path)) }
}

/** Opens what `saveFile` wrote in this run; false for any other path. */
export async function openSavedFile(path: string): Promise<boolean> {
  if (!savedPaths.has(path)) return false
  return (await shell.openPath(path)) === ''
}

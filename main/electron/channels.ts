/** The names under which the page and the main process talk, and what the page finds as `window.callboard`. */

export const channels = {
  call: 'callboard:call',
  event: 'callboard:event',
  blob: 'callboard:blob',
  save: 'callboard:save',
  open: 'callboard:open',
  reveal: 'callboard:reveal',
  print: 'callboard:print',
  language: 'callboard:language',
  secrets: 'callboard:secrets',
  notify: 'callboard:notify',
} as const

/** A file that the person chose to open. */
export interface OpenedFile {
  name: string
  bytes: Uint8Array
}

/** Kinds of file that the dialogs offer. */
export type FileKind = 'pdf' | 'table' | 'calendar' | 'archive' | 'any'

export interface DesktopBridge {
  readonly platform: string
  /** One call as JSON text; the JSON text of its envelope. */
  call(text: string): Promise<string>
  /** What changed in the core. Answers the function that stops listening. */
  onEvent(listener: (event: unknown) => void): () => void
  putBlob(bytes: Uint8Array): Promise<{ sha256: string; size: number }>
  /** Asks where to save; the path, or null when the person gave up. */
  savePdf(name: string, bytes: Uint8Array): Promise<string | null>
  saveFile(name: string, bytes: Uint8Array, kind: FileKind): Promise<string | null>
  /** Asks for a file; null when the person gave up. */
  openFile(kind: FileKind): Promise<OpenedFile | null>
  /** Opens a file that was saved in this run with the system's own program. Other paths are refused. */
  openPath(path: string): Promise<boolean>
  /** Shows the print dialog for a PDF; false when nothing was printed. */
  printPdf(bytes: Uint8Array): Promise<boolean>
  /** Announces on the desktop. True once it was clicked, when the window is in front again; false when it went unseen. */
  notify(title: string, body: string): Promise<boolean>
  /** Language of the native menu. */
  setLanguage(language: 'fr' | 'en'): void
  /** What protects the secrets of this device. */
  secretProtection(): Promise<'keychain' | 'passphrase' | 'file'>
}

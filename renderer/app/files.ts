import type { Language } from './preferences.ts'

interface Saver {
  saveFile(name: string, bytes: Uint8Array, kind: 'pdf' | 'table' | 'any'): Promise<string | null>
}

const isSaver = (bridge: object | undefined): bridge is Saver => bridge !== undefined && 'saveFile' in bridge

/** Gives a file to the person: the system's dialog on the desktop, the browser's download elsewhere. */
export async function saveFile(name: string, bytes: Uint8Array, type: string): Promise<void> {
  const bridge = window.callboard
  if (isSaver(bridge)) {
    await bridge.saveFile(name, bytes, type === 'application/pdf' ? 'pdf' : type.startsWith('text/') ? 'table' : 'any')
    return
  }
  const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

export function bytesFromBase64(text: string): Uint8Array {
  const binary = atob(text)
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

export function base64FromBytes(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(binary)
}

/** The desktop's own menu follows the language of the screens. */
export function tellLanguage(language: Language): void {
  const bridge: object | undefined = window.callboard
  if (bridge && 'setLanguage' in bridge && typeof bridge.setLanguage === 'function') bridge.setLanguage(language)
}

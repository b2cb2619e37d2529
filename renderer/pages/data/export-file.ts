import { useState } from 'react'
import { call, CallFailure, UNEXPECTED } from '../../app/client.ts'
import { bytesFromBase64, saveFile } from '../../app/files.ts'
import { useOrg } from '../../app/routes.ts'
import { readExport } from '../../app/watching.ts'

interface ExportFile {
  reading: boolean
  percent: number
  failure: CallFailure | null
  /** Reads the file part by part, then gives it to the person: where they choose on the desktop, as a download in a browser. */
  save: (path: string) => Promise<void>
}

export function useExportFile(): ExportFile {
  const org = useOrg()
  const [percent, setPercent] = useState<number | null>(null)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const save = async (path: string): Promise<void> => {
    const name = path.split(/[\\/]/).at(-1) ?? ''
    setFailure(null)
    setPercent(0)
    try {
      const parts: Uint8Array[] = []
      for (let offset: number | null = 0; offset !== null; ) {
        const { value }: { value: { base64: string; size: number; next: number | null } } = await call(readExport, { name, offset }, org ? { org } : {})
        parts.push(bytesFromBase64(value.base64))
        offset = value.next
        setPercent(offset === null ? 100 : Math.floor((offset * 100) / value.size))
      }
      await saveFile(name, new Uint8Array(await new Blob(parts.map((part) => new Uint8Array(part))).arrayBuffer()), 'application/zip')
    } catch (error) {
      setFailure(error instanceof CallFailure ? error : new CallFailure(UNEXPECTED, String(error)))
    } finally {
      setPercent(null)
    }
  }
  return { reading: percent !== null, percent: percent ?? 0, failure, save }
}

import { useEffect, useState } from 'react'

type Protection = 'keychain' | 'passphrase' | 'file'

/** What guards the secrets of this computer (tokens among them); null: not known yet. Without the application's own windows it is a file that only this account reads. */
export function useProtection(): Protection | null {
  const [protection, setProtection] = useState<Protection | null>(window.callboard ? null : 'file')
  useEffect(() => {
    let gone = false
    // A host that cannot say leaves the line out.
    void window.callboard?.secretProtection?.().then((found) => !gone && setProtection(found)).catch(() => undefined)
    return () => {
      gone = true
    }
  }, [])
  return protection
}

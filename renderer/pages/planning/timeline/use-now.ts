import { useEffect, useState } from 'react'
import { MINUTE } from '../../../../shared/kernel/instants.ts'

/** Now, again at the beginning of each minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = window.setTimeout(() => setNow(Date.now()), MINUTE - (now % MINUTE) + 50)
    return () => window.clearTimeout(timer)
  }, [now])
  return now
}

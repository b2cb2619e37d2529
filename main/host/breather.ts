/** Long work in the core's thread goes in slices, so that calls which came meanwhile are answered between them. */
const SLICE_MS = 12

/** Asked often; answers something to wait for only when the slice is over. */
export function breather(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < SLICE_MS) return undefined
    return new Promise((resume) => {
      setImmediate(() => {
        since = performance.now()
        resume()
      })
    })
  }
}

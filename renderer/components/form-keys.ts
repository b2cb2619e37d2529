import type { FormEvent, KeyboardEvent } from 'react'

/** A form that is applied by its button, by Enter in a line and by Ctrl+Enter anywhere in it; left by Escape where it can be left. */
export const formKeys = (apply: () => Promise<void>, leave?: () => void) => ({
  onSubmit: (event: FormEvent) => {
    event.preventDefault()
    void apply()
  },
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) leave?.()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void apply()
    }
  },
})

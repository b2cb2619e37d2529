import { useEffect, useState } from 'react'
import { useT } from '../i18n/index.ts'
import { listOf } from './draft.ts'
import { TextField } from './Field.tsx'

/** A short list typed on one line; commas separate. */
export function TagsField({ label, hint, value, onChange, error }: { label: string; hint?: string; value: readonly string[]; onChange: (tags: string[]) => void; error: string | undefined }) {
  const t = useT()
  const [typed, setTyped] = useState(value.join(', '))
  const given = value.join(', ')
  useEffect(() => setTyped((now) => (listOf(now).join(', ') === given ? now : given)), [given])
  return (
    <TextField
      label={label}
      hint={hint ?? t('mission.tags_hint')}
      value={typed}
      error={error}
      onChange={(text) => {
        setTyped(text)
        onChange(listOf(text))
      }}
    />
  )
}

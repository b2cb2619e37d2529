import { useState } from 'react'
import { Segmented } from '../../components/Segmented.tsx'
import { useT } from '../../i18n/index.ts'
import { JoinForm } from './JoinForm.tsx'
import { JoinServerForm } from './JoinServerForm.tsx'

type From = 'here' | 'server'

/** A code leads to an organization of this computer, or, with an address, to one of a server. `first`: what is asked when nothing is chosen. */
export function JoinWays({ first }: { first: From }) {
  const t = useT()
  const [from, setFrom] = useState<From>(first)
  return (
    <>
      <div>
        <Segmented
          label={t('join.title')}
          value={from}
          choices={[
            { value: 'here', label: t('server.join_here') },
            { value: 'server', label: t('server.join_open') },
          ]}
          onChange={setFrom}
        />
      </div>
      {from === 'here' ? <JoinForm /> : <JoinServerForm />}
    </>
  )
}

import { useState } from 'react'
import { useCommand } from '../../app/queries.ts'
import { switchTo, unlock } from '../../app/session-operations.ts'
import type { Tile } from '../../app/session-operations.ts'
import { Proof } from './Proof.tsx'
import { personAfter, Tiles } from './Tiles.tsx'

/** Tile, then PIN: arrows choose, digits open. */
export function ChoosePerson({ people, first, locked }: { people: readonly Tile[]; first: string | null; /** Whose window it is. */ locked: string | null }) {
  const [chosen, setChosen] = useState(first)
  const open = useCommand(unlock, { org: null })
  const take = useCommand(switchTo, { org: null })
  const person = people.find(({ user_id }) => user_id === chosen)
  const own = person !== undefined && person.user_id === locked
  const choose = (user: string): void => {
    open.reset()
    take.reset()
    setChosen(user)
  }
  return (
    <div
      role="presentation"
      onKeyDown={(event) => {
        const typed = event.target instanceof HTMLInputElement && event.target.value !== ''
        const next = typed || event.ctrlKey || event.altKey || event.metaKey ? null : personAfter(people, chosen, event.key)
        if (next === null) return
        event.preventDefault()
        choose(next)
      }}
    >
      <Tiles people={people} chosen={chosen} onChoose={choose} />
      {person && (
        <Proof
          key={person.user_id}
          name={person.name}
          pin={person.pin}
          pending={open.pending || take.pending}
          failure={own ? open.failure : take.failure}
          onProof={(proof) => void (own ? open.run(proof) : take.run({ user_id: person.user_id, ...proof }))}
        />
      )}
    </div>
  )
}

import { Crosshair, ImageUp, Plus, Trash2 } from 'lucide-react'
import { Suspense, useCallback, useRef, useState } from 'react'
import { chunk } from '../../app/page-chunks.ts'
import type { LocationRow, PlacePin } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import type { Draft } from '../../components/draft.ts'
import { Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { PanelSection } from '../../components/SidePanel.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { usePlanImage, usePlanUpload } from './plan-image.ts'
import styles from './Plan.module.css'

const PlanMap = chunk(async () => (await import('./PlanMap.tsx')).PlanMap)
const LETTERS = ['E', 'B', 'P', '+', 'R', 'A', 'C', 'D']
const percent = (part: number | null): number => Math.round((part ?? 0) * 100)

/** The plan and the lettered pins that sheets print; pins are part of what Save writes, the image is kept at once. */
export function PlanSection({ place, draft, mayWrite }: { place: LocationRow; draft: Draft<LocationRow>; mayWrite: boolean }) {
  const t = useT()
  const pins = draft.get('pins')
  const image = usePlanImage(place.id, place.plan_sha256)
  const upload = usePlanUpload(place)
  const chooser = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const setPins = (next: PlacePin[]): void => draft.set('pins', next)
  const move = (index: number, x: number, y: number): void => {
    const pin = pins[index]
    if (!pin) return
    setPins(pins.map((one, at) => (at === index ? { ...one, x, y } : one)))
    announce(t('location.pin_moved', { letter: pin.letter, x: percent(x), y: percent(y) }))
  }
  const place_ = (index: number): void => {
    setChosen(index)
    if (pins[index]?.x === null) move(index, 0.5, 0.5)
    // The marker is drawn after this turn.
    setTimeout(() => document.getElementById(`plan-pin-${index}`)?.focus())
  }
  const nameOf = useCallback(
    (pin: PlacePin): string => t('location.pin_at', { letter: pin.letter, label: pin.label, x: percent(pin.x), y: percent(pin.y) }),
    [t],
  )
  return (
    <PanelSection title={t('location.plan')}>
      <FormErrorSummary failure={upload.failure} />
      {image ? (
        <Suspense fallback={<p className={styles['muted']}>{t('location.plan_loading')}</p>}>
          {mayWrite && <p className={styles['muted']}>{t('location.plan_about')}</p>}
          <PlanMap
            image={image}
            label={t('location.plan_image', { name: place.name })}
            pins={pins}
            nameOf={nameOf}
            onMove={mayWrite ? move : null}
            onClick={(x, y) => mayWrite && chosen !== null && move(chosen, x, y)}
          />
        </Suspense>
      ) : (
        place.plan_sha256 === null && <p className={styles['muted']}>{t('location.plan_none')}</p>
      )}
      {mayWrite && (
        <div className={styles['row']}>
          <input
            ref={chooser}
            type="file"
            hidden
            accept="image/png,image/jpeg"
            aria-label={t('location.plan_add')}
            data-plan
            onChange={(event) => {
              const [file] = event.target.files ?? []
              if (file) void upload.send(file)
              event.target.value = ''
            }}
          />
          <Button small icon={ImageUp} label={t('location.plan_add')} disabled={upload.sending} onClick={() => chooser.current?.click()} />
          {place.plan_sha256 !== null && <Button small kind="quiet" label={t('location.plan_remove')} disabled={upload.sending} onClick={() => void upload.remove()} />}
        </div>
      )}
      {pins.length === 0 && <p className={styles['muted']}>{t('location.pin_none')}</p>}
      <ul className={styles['pins']}>
        {pins.map((pin, index) => (
          <li key={index} data-chosen={index === chosen}>
            <span className={styles['badge']} data-rescue={pin.letter === '+' || pin.letter === 'R'} aria-hidden>
              {pin.letter}
            </span>
            <span>
              {pin.label}
              {image && pin.x === null && <span className={styles['muted']}> {t('location.pin_off')}</span>}
            </span>
            {mayWrite && (
              <span className={styles['row']}>
                {image && <Button small iconOnly kind="quiet" icon={Crosshair} label={t('location.pin_place', { letter: pin.letter })} aria-pressed={index === chosen} onClick={() => place_(index)} />}
                <Button
                  small
                  iconOnly
                  kind="quiet"
                  icon={Trash2}
                  label={`${t('action.remove')} ${pin.letter}`}
                  onClick={() => {
                    setChosen(null)
                    setPins(pins.filter((_, at) => at !== index))
                  }}
                />
              </span>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && <NewPin used={pins.map((pin) => pin.letter)} onAdd={(letter, label) => setPins([...pins, { letter, label, latitude: null, longitude: null, x: null, y: null }])} />}
    </PanelSection>
  )
}

function NewPin({ used, onAdd }: { used: readonly string[]; onAdd: (letter: string, label: string) => void }) {
  const t = useT()
  const free = LETTERS.filter((letter) => !used.includes(letter))
  const [typed, setTyped] = useState<{ letter: string; label: string } | null>(null)
  const letter = typed && free.includes(typed.letter) ? typed.letter : (free[0] ?? '')
  const label = typed?.letter === letter ? typed.label : wordOf(t, 'location.pin', letter)
  if (letter === '') return null
  return (
    <div className={styles['new']}>
      <Select label={t('location.pin_letter')} value={letter} onChange={(chosen) => setTyped({ letter: chosen, label: LETTERS.indexOf(chosen) < 5 ? wordOf(t, 'location.pin', chosen) : '' })} choices={free.map((value) => ({ value, label: value }))} />
      <TextField label={t('location.pin_label')} value={label} onChange={(text) => setTyped({ letter, label: text })} error={undefined} />
      <Button
        icon={Plus}
        label={t('location.pin_add')}
        disabled={label.trim() === ''}
        onClick={() => {
          onAdd(letter, label.trim())
          setTyped(null)
        }}
      />
    </div>
  )
}

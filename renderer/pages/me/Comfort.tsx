import { useState } from 'react'
import { allowDesktop, mayDesktop } from '../../app/desktop-notices.ts'
import { setPreference } from '../../app/host-operations.ts'
import type { PreferenceName } from '../../app/host-operations.ts'
import { DENSITIES, LANGUAGES, TEXT_SCALES, THEMES, usePreferences } from '../../app/preferences.ts'
import { useCommand } from '../../app/queries.ts'
import { CheckField, Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Me.module.css'

const MINUTES = ['2', '5', '10', '15', '30', '60'] as const
const oneOf = <T extends string>(known: readonly T[], found: string, otherwise: T): T => known.find((item) => item === found) ?? otherwise

/** Looks, keys, and what the computer does when one goes away. Each choice holds at once. */
export function Comfort({ kept }: { kept: Readonly<Record<string, unknown>> }) {
  const t = useT()
  const { language, theme, density, textScale, lettersOff, set } = usePreferences()
  const [allowed, setAllowed] = useState(mayDesktop)
  const keep = useCommand(setPreference, { org: null })
  const save = (name: PreferenceName, value: string): void => void keep.run({ name, value })
  const text = (name: PreferenceName, otherwise: string): string => {
    const found = kept[name]
    return typeof found === 'string' ? found : otherwise
  }
  return (
    <>
      <section className={styles['form']} aria-label={t('me.comfort')}>
        <h2>{t('me.comfort')}</h2>
        <FormErrorSummary failure={keep.failure} />
        <Select label={t('user.language')} name="language" value={language} onChange={(value) => set({ language: oneOf(LANGUAGES, value, language) })} choices={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))} />
        <Select label={t('user.theme')} name="theme" value={theme} onChange={(value) => set({ theme: oneOf(THEMES, value, theme) })} choices={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))} />
        <Select label={t('user.density')} name="density" value={density} onChange={(value) => set({ density: oneOf(DENSITIES, value, density) })} choices={DENSITIES.map((value) => ({ value, label: t(`density.${value}`) }))} />
        <Select label={t('me.text_scale')} name="text_scale" value={textScale} onChange={(value) => set({ textScale: oneOf(TEXT_SCALES, value, textScale) })} choices={TEXT_SCALES.map((value) => ({ value, label: `${value} %` }))} />
        <div>
          <CheckField label={t('me.letters_off')} checked={lettersOff} onChange={(off) => set({ lettersOff: off })} />
          <p className={styles['about']}>{t('me.letters_hint')}</p>
        </div>
      </section>
      <section className={styles['form']} aria-label={t('me.sharing')}>
        <h2>{t('me.sharing')}</h2>
        <Select
          label={t('me.auto_lock')}
          name="auto_lock_minutes"
          value={text('auto_lock_minutes', '10')}
          onChange={(value) => save('auto_lock_minutes', value)}
          choices={[...MINUTES.map((value) => ({ value, label: t('me.auto_lock_minutes', { count: Number(value) }) })), { value: '0', label: t('me.auto_lock_never') }]}
        />
        <Select
          label={t('me.amounts')}
          name="amounts"
          value={text('amounts', 'by_rights')}
          onChange={(value) => save('amounts', value)}
          choices={(['by_rights', 'shown', 'hidden'] as const).map((value) => ({ value, label: t(`me.amounts_${value}`) }))}
        />
        <div>
          <CheckField
            label={t('me.desktop')}
            checked={allowed && text('desktop', 'on') !== 'off'}
            onChange={(on) => {
              if (on) void allowDesktop().then(setAllowed)
              save('desktop', on ? 'on' : 'off')
            }}
          />
          <p className={styles['about']}>{t('me.desktop_hint')}</p>
        </div>
      </section>
    </>
  )
}

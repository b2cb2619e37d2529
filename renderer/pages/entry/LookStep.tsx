import { LANGUAGES, THEMES, usePreferences } from '../../app/preferences.ts'
import { Button } from '../../components/Button.tsx'
import { useT } from '../../i18n/index.ts'
import { Choices, EntryForm } from './EntryFrame.tsx'

/** Each choice shows at once: the page itself is the preview. */
export function LookStep({ onDone }: { onDone: () => void }) {
  const t = useT()
  const { language, theme, set } = usePreferences()
  return (
    <EntryForm onSubmit={onDone} actions={<Button type="submit" kind="primary" label={t('action.continue')} />}>
      <Choices legend={t('user.language')} name="language" value={language} choices={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))} onChange={(value) => set({ language: value })} />
      <Choices legend={t('user.theme')} name="theme" value={theme} choices={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))} onChange={(value) => set({ theme: value })} />
    </EntryForm>
  )
}

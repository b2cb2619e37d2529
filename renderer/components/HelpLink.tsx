import { CircleHelp } from 'lucide-react'
import { Link } from 'wouter'
import { paths, useOrg } from '../app/routes.ts'
import { useT } from '../i18n/index.ts'
import { CHAPTERS } from '../pages/help/chapters.ts'
import type { Topic } from '../pages/help/chapters.ts'
import styles from './HelpLink.module.css'

/** To the chapter of the guide about where one is stuck. Outside an organization there is no guide to open. */
export function HelpLink({ about, onFollow }: { about: Topic; onFollow?: () => void }) {
  const t = useT()
  const org = useOrg()
  if (!org) return null
  return (
    <Link className={styles['link']} href={paths.help(org, CHAPTERS[about])} {...(onFollow ? { onClick: onFollow } : {})}>
      <CircleHelp size={14} aria-hidden />
      <span>{t('help.about', { chapter: t(`help.chapter.${about}`) })}</span>
    </Link>
  )
}

/** Announcements on the desktop, by the system's own means. What they say comes from the page, which asked the core what to announce. */
import { Notification, type BrowserWindow } from 'electron'

/** Kept while they are shown: one that is collected answers no click any more. */
const shown = new Set<Notification>()

/** Whether it was clicked; the window is in front again by then. */
export function notify(window: BrowserWindow, title: string, body: string): Promise<boolean> {
  if (!Notification.isSupported()) return Promise.resolve(false)
  return new Promise((settle) => {
    const notice = new Notification({ title, body })
    shown.add(notice)
    const end = (clicked: boolean): void => {
      shown.delete(notice)
      settle(clicked)
    }
    notice.on('click', () => {
      if (!window.isDestroyed()) {
        if (window.isMinimized()) window.restore()
        window.show()
        window.focus()
      }
      end(true)
    })
    notice.on('close', () => end(false))
    notice.on('failed', () => end(false))
    notice.show()
  })
}

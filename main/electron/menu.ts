/** The native menu, in the person's language. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron'

export type MenuLanguage = 'fr' | 'en'

const words = {
  fr: {
    file: 'Fichier',
    close: 'Fermer la fenêtre',
    quit: 'Quitter Callboard',
    about: 'À propos de Callboard',
    hide: 'Masquer Callboard',
    hideOthers: 'Masquer les autres',
    unhide: 'Tout afficher',
    edit: 'Édition',
    undo: 'Annuler la saisie',
    redo: 'Rétablir la saisie',
    cut: 'Couper',
    copy: 'Copier',
    paste: 'Coller',
    pastePlain: 'Coller sans mise en forme',
    selectAll: 'Tout sélectionner',
    view: 'Affichage',
    reload: 'Recharger',
    zoomIn: 'Agrandir',
    zoomOut: 'Réduire',
    zoomReset: 'Taille réelle',
    fullScreen: 'Plein écran',
    tools: 'Outils de développement',
    window: 'Fenêtre',
    minimize: 'Réduire la fenêtre',
  },
  en: {
    file: 'File',
    close: 'Close window',
    quit: 'Quit Callboard',
    about: 'About Callboard',
    hide: 'Hide Callboard',
    hideOthers: 'Hide others',
    unhide: 'Show all',
    edit: 'Edit',
    undo: 'Undo typing',
    redo: 'Redo typing',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    pastePlain: 'Paste without formatting',
    selectAll: 'Select all',
    view: 'View',
    reload: 'Reload',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    zoomReset: 'Actual size',
    fullScreen: 'Full screen',
    tools: 'Developer tools',
    window: 'Window',
    minimize: 'Minimize',
  },
} as const satisfies Record<MenuLanguage, Record<string, string>>

const separator: MenuItemConstructorOptions = { type: 'separator' }

export function languageOf(locale: string): MenuLanguage {
  return locale.toLowerCase().startsWith('fr') ? 'fr' : 'en'
}

export function showMenu(language: MenuLanguage): void {
  const say = words[language]
  const isMac = process.platform === 'darwin'
  const application: MenuItemConstructorOptions = {
    label: 'Callboard',
    submenu: [
      { role: 'about', label: say.about },
      separator,
      { role: 'hide', label: say.hide },
      { role: 'hideOthers', label: say.hideOthers },
      { role: 'unhide', label: say.unhide },
      separator,
      { role: 'quit', label: say.quit },
    ],
  }
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [application] : []),
    {
      label: say.file,
      submenu: [
        { role: 'close', label: say.close },
        ...(isMac ? [] : [separator, { role: 'about', label: say.about } as const, { role: 'quit', label: say.quit } as const]),
      ],
    },
    {
      label: say.edit,
      submenu: [
        { role: 'undo', label: say.undo },
        { role: 'redo', label: say.redo },
        separator,
        { role: 'cut', label: say.cut },
        { role: 'copy', label: say.copy },
        { role: 'paste', label: say.paste },
        { role: 'pasteAndMatchStyle', label: say.pastePlain },
        { role: 'selectAll', label: say.selectAll },
      ],
    },
    {
      label: say.view,
      submenu: [
        { role: 'reload', label: say.reload },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools', label: say.tools } as const]),
        separator,
        { role: 'zoomIn', label: say.zoomIn },
        { role: 'zoomOut', label: say.zoomOut },
        { role: 'resetZoom', label: say.zoomReset },
        separator,
        { role: 'togglefullscreen', label: say.fullScreen },
      ],
    },
    { label: say.window, submenu: [{ role: 'minimize', label: say.minimize }] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

/** Runs in the sandbox before the page: the only door between them. Texts and bytes pass, nothing of Electron or Node does. */
import { contextBridge, ipcRenderer } from 'electron'
import { channels, type DesktopBridge } from './channels.ts'

const bridge: DesktopBridge = {
  platform: process.platform,
  call: (text) => ipcRenderer.invoke(channels.call, text),
  onEvent: (listener) => {
    const relay = (_event: unknown, text: string): void => listener(JSON.parse(text))
    ipcRenderer.on(channels.event, relay)
    return () => ipcRenderer.off(channels.event, relay)
  },
  putBlob: (bytes) => ipcRenderer.invoke(channels.blob, bytes),
  savePdf: (name, bytes) => ipcRenderer.invoke(channels.save, name, bytes, 'pdf'),
  saveFile: (name, bytes, kind) => ipcRenderer.invoke(channels.save, name, bytes, kind),
  openFile: (kind) => ipcRenderer.invoke(channels.open, kind),
  openPath: (path) => ipcRenderer.invoke(channels.reveal, path),
  printPdf: (bytes) => ipcRenderer.invoke(channels.print, bytes),
  notify: (title, body) => ipcRenderer.invoke(channels.notify, title, body),
  setLanguage: (language) => ipcRenderer.send(channels.language, language),
  secretProtection: () => ipcRenderer.invoke(channels.secrets),
}

contextBridge.exposeInMainWorld('callboard', bridge)

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openDesktop, type OpenDesktop } from './support/desktop-host.ts'
import { projectFolder, rootArguments, startProgram } from './support/program.ts'

test.describe('the desktop window', () => {
  const data = mkdtempSync(join(tmpdir(), 'callboard-desktop-'))
  let desktop: OpenDesktop

  test.beforeAll(async () => {
    desktop = await openDesktop(data)
    await expect(desktop.page.locator('#root')).not.toBeEmpty()
  })
  test.afterAll(async () => {
    await desktop.close()
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  test('runs its page in the sandbox, isolated, without Node', async () => {
    const preferences = await desktop.electron.evaluate(({ BrowserWindow, webContents }) => {
      const [window] = BrowserWindow.getAllWindows()
      return { windows: BrowserWindow.getAllWindows().length, contents: webContents.getAllWebContents().length, url: window?.webContents.getURL() ?? '' }
    })
    expect(preferences).toMatchObject({ windows: 1, contents: 1 })
    expect(preferences.url.startsWith('app://callboard/')).toBe(true)
    expect(await desktop.page.evaluate(() => window.isSecureContext)).toBe(true)
  })

  test('cannot be led away from the app', async () => {
    const before = desktop.page.url()
    await desktop.page.evaluate(() => {
      const link = document.createElement('a')
      link.href = 'https://example.org/'
      document.body.append(link)
      link.click()
      link.remove()
    })
    await desktop.page.evaluate(() => window.location.assign('file:///etc/passwd'))
    await desktop.page.waitForTimeout(300)
    expect(desktop.page.url()).toBe(before)
  })

  test('opens no other window', async () => {
    expect(await desktop.page.evaluate(() => window.open('https://example.org/') === null)).toBe(true)
    expect(await desktop.page.evaluate(() => window.open('/') === null)).toBe(true)
    expect(desktop.electron.windows()).toHaveLength(1)
  })

  test('is granted no camera, no place, no notification', async () => {
    const refused = await desktop.page.evaluate(async () => ({
      notification: await Notification.requestPermission(),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        () => 'refused',
      ),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('refused'),
        ),
      ),
    }))
    expect(refused).toEqual({ notification: 'denied', camera: 'refused', place: 'refused' })
  })

  test('carries calls as texts and answers a malformed one with an envelope', async () => {
    const call = (text: string): Promise<string> => desktop.page.evaluate((asked) => window.callboard?.call(asked) ?? '', text)
    expect(JSON.parse(await call('{"name":"app.state","input":{}}'))).toHaveProperty('value')
    expect(JSON.parse(await call('nothing')).error.code).toBe('validation.invalid')
  })

  test('opens only files that the person saved', async () => {
    const opened = await desktop.page.evaluate(() => window.callboard?.openPath?.('/etc/passwd'))
    expect(opened).toBe(false)
  })

  test('saves a PDF where the person says', async () => {
    const path = join(data, 'feuille.pdf')
    await desktop.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, path)
    expect(await desktop.page.evaluate(() => window.callboard?.savePdf?.('feuille.pdf', new Uint8Array([37, 80, 68, 70])))).toBe(path)
  })

  test('has a menu in the language that the page asks for', async () => {
    const firstLabels = (): Promise<string[]> =>
      desktop.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label) ?? [])
    await desktop.page.evaluate(() => window.callboard?.setLanguage?.('fr'))
    await expect.poll(firstLabels).toContain('Affichage')
    await desktop.page.evaluate(() => window.callboard?.setLanguage?.('en'))
    await expect.poll(firstLabels).toContain('View')
  })

  test('says what protects the secrets of this device', async () => {
    expect(['keychain', 'file']).toContain(await desktop.page.evaluate(() => window.callboard?.secretProtection?.()))
  })

  test('opens once: a second start on the same folder ends and leaves the first in front', async () => {
    const program = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '', 'electron')
    const second = startProgram(program, [...rootArguments, projectFolder, '--data', data])
    const code = await new Promise((resolve) => second.child.once('exit', resolve))
    expect(code).toBe(0)
    expect(desktop.electron.windows()).toHaveLength(1)
  })

  test('comes back where it was closed', async () => {
    const bounds = { x: 40, y: 30, width: 1100, height: 700 }
    await desktop.electron.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted), bounds)
    await desktop.close()
    desktop = await openDesktop(data)
    await expect(desktop.page.locator('#root')).not.toBeEmpty()
    expect(await desktop.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toMatchObject({ width: 1100, height: 700 })
  })
})

import { createInterface } from 'node:readline'

/** The password of `--as`: CALLBOARD_PASSWORD, else the first line of stdin. Never an argument: other users of the machine see arguments. */
export async function readPassword(user: string): Promise<string> {
  const given = process.env['CALLBOARD_PASSWORD']
  if (given !== undefined) return given
  const { stdin, stderr } = process
  if (!stdin.isTTY) {
    for await (const line of createInterface({ input: stdin })) return line
    return ''
  }
  stderr.write(`Password of ${user}: `)
  try {
    return await typedWithoutEcho()
  } finally {
    stderr.write('\n')
  }
}

function typedWithoutEcho(): Promise<string> {
  const { stdin } = process
  return new Promise((resolve, reject) => {
    let typed = ''
    const finish = (done: () => void): void => {
      stdin.off('data', take)
      stdin.setRawMode(false)
      stdin.pause()
      done()
    }
    const take = (text: string): void => {
      for (const character of text) {
        if (character === '\r' || character === '\n') return finish(() => resolve(typed))
        if (character === '\u0003') return finish(() => reject(new Error('interrupted')))
        typed = character === '\u007f' ? typed.slice(0, -1) : typed + character
      }
    }
    stdin.setRawMode(true)
    stdin.setEncoding('utf8')
    stdin.on('data', take)
    stdin.resume()
  })
}

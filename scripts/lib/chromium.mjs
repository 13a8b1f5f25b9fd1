import { existsSync } from 'node:fs'
import path from 'node:path'

const places = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA].map(
    (folder) => path.join(folder ?? 'C:\\', 'Google\\Chrome\\Application\\chrome.exe'),
  ),
}

/** The browser of CHROMIUM_PATH, or else one in the usual places. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH
  return [given, ...(places[process.platform] ?? [])].find((file) => file && existsSync(file))
}

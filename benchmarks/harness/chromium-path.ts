/** Where Chromium is looked for: `CHROMIUM_PATH`, or where Debian puts it. */
export const chromiumPath: string = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

// Builds the committed stylesheet, script and fonts of Wardmote into ../static/web. For maintainers only: see README.md.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const out = '../static/web/'
const bin = 'node_modules/.bin/'
mkdirSync(out + 'fonts', { recursive: true })

execFileSync(bin + 'sass', ['--no-error-css', '--style=compressed', '--no-source-map', '--load-path=node_modules',
  'scss/wardmote.scss', out + 'wardmote.css'], { stdio: 'inherit' })
execFileSync(bin + 'esbuild', ['js/wardmote.js', '--bundle', '--minify', '--format=iife', '--target=es2020',
  '--legal-comments=none', '--outfile=' + out + 'wardmote.js'], { stdio: 'inherit' })
execFileSync(bin + 'esbuild', ['js/enabled.js', '--minify', '--format=iife', '--outfile=' + out + 'enabled.js'],
  { stdio: 'inherit' })

for (const subset of ['latin', 'latin-ext']) {
  copyFileSync(`node_modules/@fontsource-variable/public-sans/files/public-sans-${subset}-wght-normal.woff2`,
    `${out}fonts/public-sans-${subset}.woff2`)
}
copyFileSync('node_modules/@fontsource-variable/public-sans/LICENSE', out + 'fonts/OFL.txt')

// No source-map comments in what we ship: the maps are not shipped.
for (const name of ['wardmote.css', 'wardmote.js', 'enabled.js']) {
  const text = readFileSync(out + name, 'utf8').replace(/\/\*# sourceMappingURL=.*?\*\/|\/\/# sourceMappingURL=.*$/gm, '')
  if (/GDS Transport|crest/i.test(text)) {
    rmSync(out + name)
    throw new Error(`${name} holds what belongs to the Crown alone; it was removed.`)
  }
  writeFileSync(out + name, text.trim() + '\n')
}

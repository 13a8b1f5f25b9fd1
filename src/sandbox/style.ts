/** The look of every page; light and dark, from the width of a telephone up. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --page: #f4f6f8; --card: #fff; --text: #17212b; --quiet: #556270; --line: #d5dbe1;
  --accent: #0b5cad; --on-accent: #fff; --notice: #fff3cd; --on-notice: #533f03; --error: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12171c; --card: #1c232a; --text: #e6ebf0; --quiet: #a3b0bc; --line: #38434e;
    --accent: #7fb8f5; --on-accent: #08223d; --notice: #3d3210; --on-notice: #ffe9a8; --error: #ff9d94;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
.notice { margin: 0; padding: .5rem 1rem; background: var(--notice); color: var(--on-notice); text-align: center; }
main { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; }
main.wide { max-width: 60rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem 1.5rem; margin-bottom: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; margin: 0 0 .5rem; }
p { margin: 0 0 1rem; }
section > :last-child, form > :last-child { margin-bottom: 0; }
a { color: var(--accent); }
code, pre { font: .9rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: 0; white-space: pre-wrap; max-height: 70vh; overflow: auto; }
.quiet { color: var(--quiet); font-size: .9rem; }
.error { color: var(--error); font-weight: 600; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
label.choice { display: flex; gap: .6rem; align-items: baseline; font-weight: 400; padding: .3rem 0; margin: 0; }
input[type=email], input[type=password], input[type=text] {
  width: 100%; padding: .6rem .75rem; margin-bottom: 1rem; font: inherit;
  color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: .4rem;
}
input[type=checkbox], input[type=radio] { width: 1.1rem; height: 1.1rem; accent-color: var(--accent); flex: none; translate: 0 .15rem; }
fieldset { border: 0; padding: 0; margin: 0 0 1.25rem; }
legend { font-weight: 600; padding: 0; margin-bottom: .25rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; }
button {
  flex: 1 1 8rem; padding: .65rem 1rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--accent); background: transparent; border: 1px solid var(--accent); border-radius: .4rem;
}
button.main { color: var(--on-accent); background: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ol, ul { list-style: none; margin: 0; padding: 0; }
li { padding: .6rem 0; border-top: 1px solid var(--line); }
li:first-child { border-top: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 30rem) {
  main { margin: 1rem auto; }
  section { padding: 1rem; }
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: .5rem; }
}
`

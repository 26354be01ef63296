"""A page: one HTML file that needs nothing beside it and runs nothing, fit for print."""

from collections.abc import Iterable, Iterator
from html import escape

# Nothing may be fetched and nothing may run, whatever an answer holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1b2328; --paper: #fff; --line: #9aa7b1; --set-off: #e7eef4;
  --link: #1d5476; --found: #fff3c4; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6eaed; --paper: #15191c; --line: #5b6770; --set-off: #263038; --link: #9ccbed; --found: #4a3d0c; }
}
body { font: 1rem/1.5 Calibri, Carlito, "Segoe UI", Arial, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); }
caption { text-align: left; font-weight: 700; font-size: 1.15rem; padding-bottom: .5rem; }
caption span { display: block; font-weight: 400; font-size: 1rem; }
th, td { padding: .3rem .6rem; vertical-align: top; text-align: left; border-bottom: 1px solid var(--line); }
th { font-weight: inherit; }
thead th, .head th, .head td { font-weight: 700; background: var(--set-off); }
.under th { padding-left: 1.6rem; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td p, .notes p, .warning p { margin: 0 0 .3rem; }
table + .notes { margin-top: .6rem; }
.warning { font-weight: 700; border-left: 4px solid var(--ink); padding-left: .6rem; margin-bottom: 1rem; }
table + table, .notes + table { margin-top: 1.5rem; }
main { overflow-x: auto; }
.back { font-size: .875rem; font-weight: 400; margin-left: 1rem; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid #b35c00; outline-offset: 2px; }
:target { background: var(--found); }
.answer { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 1rem; }
h4, h5 { font-size: 1rem; margin: 1.2rem 0 .2rem; }
h5 { font-size: .9rem; }
dt { font-size: .875rem; }
dd { margin-left: 0; }
@media print {
  body { margin: 0; padding: 0; max-width: none; font-size: 9.5pt; }
  main { overflow: visible; }
  th, td { padding: .2rem .3rem; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  caption, thead { break-after: avoid; }
  thead + tbody tr:first-child { break-before: avoid; }
  .head { break-after: avoid; }
  thead th, .head th, .head td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
  .behind { display: none; }
}
""".strip()


def page(title: str, body: Iterable[str]) -> Iterator[str]:
    """The whole file, a piece at a time."""
    yield (
        f'<!DOCTYPE html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n"
    )
    yield from body
    yield "</main>\n</body>\n</html>\n"

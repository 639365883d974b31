"""What every page must hold, asked of the page as the browser built it."""

from browser.chromium import Page

_AA, _AA_LARGE = 4.5, 3.0
"""Least contrast of text, and of large text: WCAG 2.2, criterion 1.4.3."""

_DUPLICATE_IDS = """
const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
return ids.filter((id, n) => ids.indexOf(id) !== n);
"""
_UNNAMED = """
const named = e => {
  const by = (e.getAttribute('aria-labelledby') || '').split(' ').filter(Boolean);
  const words = by.map(id => document.getElementById(id)?.textContent || '').join(' ');
  const label = [...(e.labels || [])].map(one => one.textContent).join(' ');
  return (e.getAttribute('aria-label') || words || label || e.getAttribute('alt') || '').trim();
};
const asked = 'img, svg, [role=img], input, select, textarea, [role=group]';
const mute = [...document.querySelectorAll(asked)].filter(e => !named(e));
const empty = [...document.querySelectorAll('button, a, summary, h1, h2, h3, th')]
  .filter(e => e.checkVisibility() && !e.textContent.trim());
return [...mute, ...empty].map(e => e.outerHTML.slice(0, 120));
"""
_STRUCTURE = """
const found = [];
const levels = [...document.querySelectorAll('h1, h2, h3')].map(e => Number(e.tagName[1]));
if (levels.filter(n => n === 1).length !== 1) found.push('not one h1');
levels.forEach((n, i) => { if (i && n > levels[i - 1] + 1) found.push(`h${n} after h${levels[i - 1]}`); });
if (!document.documentElement.lang) found.push('no language');
if (!document.title.trim()) found.push('no title');
if (document.querySelectorAll('main').length !== 1) found.push('not one main');
for (const th of document.querySelectorAll('th')) if (!th.scope) found.push(`th without scope: ${th.textContent}`);
for (const a of document.querySelectorAll('a[href^="#"]'))
  if (!document.getElementById(a.getAttribute('href').slice(1))) found.push(`leads nowhere: ${a.href}`);
return found;
"""
_CONTRAST = """
const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
const channel = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
const ground = e => {
  for (let at = e; at; at = at.parentElement) {
    const c = parse(getComputedStyle(at).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c;
  }
  return [255, 255, 255];
};
const found = [];
for (const e of document.querySelectorAll('body *')) {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  if (!own || !e.checkVisibility() || ['SCRIPT', 'STYLE', 'title', 'desc'].includes(e.tagName)) continue;
  const style = getComputedStyle(e);
  const ink = parse(e instanceof SVGElement ? style.fill : style.color);
  const [a, b] = [light(ink), light(ground(e))].sort((x, y) => y - x);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < (large ? arguments[1] : arguments[0])) found.push(`${ratio.toFixed(2)}: ${e.textContent.slice(0, 40)}`);
}
return found;
"""


def assert_sound(page: Page) -> None:
    """No message in the console, nothing asked of a network, names and structure for a screen reader."""
    assert page.messages() == []
    assert page.requests() == []
    assert page.run(_DUPLICATE_IDS) == []
    assert page.run(_UNNAMED) == []
    assert page.run(_STRUCTURE) == []


def assert_readable(page: Page) -> None:
    """Every text has enough contrast, by day, by night and on paper."""
    for dark in (False, True):
        page.emulate(dark=dark)
        assert page.run(_CONTRAST, _AA, _AA_LARGE) == [], f"dark: {dark}"
    page.emulate(media="print")
    assert page.run(_CONTRAST, _AA, _AA_LARGE) == [], "print"


def assert_fits(page: Page, width: int = 400) -> None:
    """A narrow window scrolls in one direction only."""
    page.emulate(width=width)
    assert page.run("return document.documentElement.scrollWidth") <= width

#include "reports/html/script.hpp"

#include <string>

namespace tollgate::reports {

/// Unpacks what is opened, and shows the message behind an arrow or a witness.
static constexpr std::string_view ladders = R"JS(
const inflate = text => new Response(new Blob([Uint8Array.from(atob(text), c => c.charCodeAt(0))]).stream()
  .pipeThrough(new DecompressionStream('deflate'))).text();
const fill = async box => {
  const packed = box.querySelector('script[type="application/x-deflate"]');
  if (packed) box.innerHTML = await inflate(packed.textContent.trim());
};
const filled = new WeakMap();  // once a box: a second filling would take away what the first shows
const unpack = box => {
  if (!filled.has(box)) filled.set(box, fill(box));
  return filled.get(box);
};
// An arrow is in sight right of the times and below the heads: with its ends, or with its words where the box is too small.
const bring = (lanes, arrow) => {
  const around = lanes.getBoundingClientRect(), corner = lanes.querySelector('.corner').getBoundingClientRect(), room = 12;
  const sides = parts => {
    const all = [...arrow.querySelectorAll(parts)].map(one => one.getBoundingClientRect());
    return [Math.min(...all.map(one => one.left)) - corner.right - room, Math.max(...all.map(one => one.right)) - around.right + room];
  };
  const fits = ([left, right]) => right - left <= 0;
  const whole = sides('.shaft,.tip,.what'), [left, right] = fits(whole) ? whole : sides('.what');
  const {top, bottom} = arrow.getBoundingClientRect(), above = top - corner.bottom, below = bottom - around.bottom + room;
  const least = (before, behind) => before < 0 ? before : Math.max(0, Math.min(before, behind));
  lanes.scrollBy(least(left, right), least(above, below));
};
// What broke is in view when a case is opened first.
const seen = new WeakSet();
const look_at = box => {
  const lanes = box.querySelector('.lanes'), broke = box.querySelector('svg.ladder g.witness:not(.cause)');
  if (!lanes || !broke || seen.has(box)) return;
  seen.add(box);
  const {bottom} = broke.getBoundingClientRect(), around = lanes.getBoundingClientRect();
  lanes.scrollBy(0, Math.max(0, bottom - around.top - 0.7 * around.height));
  bring(lanes, broke);
};
document.addEventListener('toggle', event => {
  if (event.target.open) event.target.querySelectorAll('.picture').forEach(box => unpack(box).then(() => look_at(box)));
}, true);
// Paper opens nothing, and a browser that prints waits for no unpacking: the first ladders of what failed are ready before.
const failed = () => [...document.querySelectorAll('.cases>details:is(.fail,.error,.inconc)')].filter(one => !one.hidden);
setTimeout(async () => {
  for (const box of failed().slice(0, 60).flatMap(one => [...one.querySelectorAll('.picture')])) await unpack(box);
}, 200);
// A long ladder has its rows around what broke there: the heads stay with their arrows.
const cut = box => {
  const rows = box.querySelector('svg.ladder'), times = box.querySelector('svg.times'), height = 36, most = 9, above = 16;
  if (!rows) return () => {};
  const all = rows.viewBox.baseVal, [first, long] = [all.y, all.height], count = Math.floor((long - above) / height);
  if (count <= most) return () => {};
  const line = one => Math.round((one.getAttribute('y') - first - above) / height);
  const lit = [...rows.querySelectorAll('.back')].map(line), broke = rows.querySelector('g.witness:not(.cause) .hit');
  const last = broke ? line(broke) : count - 1, begin = lit.find(one => one >= last - most + 4) ?? last - most + 1;
  const from = Math.max(0, Math.min(begin - 2, count - most));
  const show = (y, high) => [rows, times].forEach(one => {
    one.viewBox.baseVal.y = y;
    one.viewBox.baseVal.height = high;
    one.setAttribute('height', high);
  });
  show(first + above + from * height, most * height);
  const note = document.createElement('p');
  note.className = 'cut';
  note.textContent = `${most} of ${count} rows${broke ? ', around what broke' : ', the last ones'}: the file of the ladder has more.`;
  box.append(note);
  return () => { show(first, long); note.remove(); };
};
let opened = [], whole = [];
addEventListener('beforeprint', () => {
  opened = [...failed(), ...document.querySelectorAll('details.clauses')].filter(one => !one.open);
  opened.forEach(one => one.open = true);
  document.querySelectorAll('details[open] .picture').forEach(unpack);
  whole = [...document.querySelectorAll('details[open] .picture')].map(cut);
});
addEventListener('afterprint', () => {
  whole.forEach(put_back => put_back());
  opened.forEach(one => one.open = false);
});

const show = async (box, event) => {
  await unpack(box);
  const pressed = box.querySelector(`g[data-event="${event}"]`), message = box.querySelector(`section[data-event="${event}"]`);
  const closes = pressed && pressed.classList.contains('chosen');
  box.querySelectorAll('section.octets').forEach(one => one.hidden = true);
  box.querySelectorAll('g.chosen').forEach(one => { one.classList.remove('chosen'); one.removeAttribute('aria-expanded'); });
  if (closes) return;
  if (message) message.hidden = false;
  if (pressed) {
    pressed.classList.add('chosen');
    if (message) pressed.setAttribute('aria-expanded', 'true');
    pressed.scrollIntoView({block: 'nearest', inline: 'nearest'});
    bring(box.querySelector('.lanes'), pressed);
  }
  (message || box.querySelector('.rest') || pressed)?.scrollIntoView({block: 'nearest'});
};
const press = target => {
  const time = target.closest('.times [data-at]');
  const arrow = time ? time.closest('.lanes').querySelector(`g[role][data-event="${time.dataset.at}"]`) : target.closest('.picture g[role]');
  const witness = target.closest('button[data-shows]');
  if (arrow) show(arrow.closest('.picture'), arrow.dataset.event);
  if (witness) show(witness.closest('.inside').querySelector('.picture'), witness.dataset.shows);
  return arrow || witness;
};
document.addEventListener('click', event => press(event.target));
document.addEventListener('keydown', event => {
  const isTyping = event.target.matches && event.target.matches('input,select,textarea');
  if (event.key === '/' && !isTyping && form) { event.preventDefault(); form.find.focus(); }
  const isArrow = event.target.closest && event.target.closest('g[role]');
  if (isArrow && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); press(event.target); }
});
)JS";

/// The filter, and links to a case.
static constexpr std::string_view cases = R"JS(
const form = document.querySelector('form.filter'), cases = () => [...document.querySelectorAll('.cases>details')];
const filter = () => {
  const words = form.find.value.toLowerCase().split(/\s+/).filter(Boolean), all = cases();
  const verdicts = [...form.querySelectorAll('input[name=verdict]:checked')].map(box => box.value);
  let shown = 0;
  for (const one of all) {
    const text = words.length ? one.querySelector('summary').textContent.toLowerCase() : '';
    const fits = (!verdicts.length || verdicts.includes(one.className)) && (!form.group.value || one.dataset.group === form.group.value) &&
      (!form.strength.value || one.dataset.strength === form.strength.value) && words.every(word => text.includes(word));
    one.hidden = !fits;
    shown += fits;
  }
  for (const list of document.querySelectorAll('.cases')) {
    const empty = ![...list.children].some(one => one.tagName === 'DETAILS' && !one.hidden);
    list.hidden = empty;
    list.previousElementSibling.hidden = empty;
  }
  form.querySelector('output').textContent = shown === all.length ? '' : `${shown} of ${all.length} cases`;
};
form.addEventListener('input', filter);
form.addEventListener('submit', event => event.preventDefault());
form.addEventListener('reset', () => setTimeout(filter));
form.hidden = false;
const open = () => {  // #ORD-03, or #ORD-03/10 for its event 10
  const [id, event] = decodeURIComponent(location.hash.slice(1)).split('/');
  const one = id && document.getElementById(id);
  if (!one || one.tagName !== 'DETAILS') return;
  form.reset();
  filter();
  one.open = true;
  one.scrollIntoView();
  one.querySelector('summary').focus();
  const box = event && one.querySelector('.picture');
  if (box) show(box, event);
};
addEventListener('hashchange', open);
open();
)JS";

static constexpr std::string_view live = R"JS(
const since = document.getElementById('version').dataset.version;
const socket = new WebSocket(`ws://${location.host}/live${location.search || '?'}&since=${since}`);
const look = () => {
  const running = document.querySelector('details[open].running');
  if (socket.readyState === 1) socket.send(running ? running.id : '');
};
document.addEventListener('toggle', look, true);
// What runs stands on top; it goes back to its place when it has ended, or when who looks at it has closed it.
const now = document.querySelector('#running>.cases'), places = new Map();
const move = (one, put) => {
  const focused = document.activeElement;
  put();
  if (one.contains(focused)) focused.focus({preventScroll: true});
};
const gather = one => {
  if (places.has(one.id)) return;
  const place = document.createComment('');
  one.before(place);
  places.set(one.id, place);
  move(one, () => now.append(one));
};
const leave = one => {
  const place = places.get(one.id);
  if (!place || one.open || one.className === 'running') return;
  places.delete(one.id);
  move(one, () => place.replaceWith(one));
  filter();
};
document.addEventListener('toggle', event => { if (event.target.matches('#running>.cases>details')) leave(event.target); }, true);
const replace = (id, html) => {
  const old = document.getElementById(id);
  if (!old) return;
  const foldable = one => one.tagName === 'DETAILS' ? [one] : [...one.querySelectorAll('details')];
  const opened = foldable(old).map(one => one.open), focused = old.contains(document.activeElement);
  old.outerHTML = html;
  const fresh = document.getElementById(id);
  foldable(fresh).forEach((one, i) => { if (opened[i]) one.open = true; });
  if (focused) fresh.querySelector('summary')?.focus();
  leave(fresh);
  filter();
};
const runs = all => {
  const running = new Set(all.map(one => one[0]));
  document.querySelectorAll('.cases>details.running').forEach(one => {
    if (running.has(one.id)) return;
    one.className = 'judged';
    one.querySelector('.verdict').textContent = 'JUDGED';
    leave(one);
  });
  for (const [id, seconds, waits] of all) {
    const one = document.getElementById(id);
    if (!one || !['planned', 'running', 'judged'].includes(one.className)) continue;
    one.className = 'running';
    gather(one);
    one.querySelector('.verdict').textContent = 'RUNS';
    one.querySelector('.reason').textContent = waits && `waits for ${waits}`;
    one.querySelector('.time').textContent = `${seconds} s`;
  }
  filter();
  look();
};
const says = text => {
  const note = document.querySelector('.banner p');
  if (note) note.textContent += ` ${text}`;
};
let over = false;
socket.addEventListener('message', event => {
  const told = JSON.parse(event.data);
  if (told.id) replace(told.id, told.html);
  if (told.running) runs(told.running);
  if (told.ladder) {
    const box = document.getElementById(told.ladder)?.querySelector('.picture');
    const chosen = box?.querySelector('section.octets:not([hidden])')?.dataset.event;
    const scrolled = box?.querySelector('.lanes');  // and follows what comes, unless somebody looks further up
    const left = scrolled?.scrollLeft, top = scrolled?.scrollTop, follows = !scrolled || top + scrolled.clientHeight > scrolled.scrollHeight - 40;
    if (box) {
      box.innerHTML = told.html;
      const lanes = box.querySelector('.lanes');
      lanes?.scrollTo(left ?? 0, follows ? lanes.scrollHeight : top);
    }
    if (box && chosen) show(box, chosen);
  }
  if (told.over) { over = true; says('The run is over; the page stays as it is.'); }
});
socket.addEventListener('close', () => { if (!over) says('Nothing is heard of the run any more.'); });
)JS";

std::string_view html_script() {
  static std::string const both = std::string(ladders) + std::string(cases);
  return both;
}

std::string_view live_script() {
  return live;
}

}  // namespace tollgate::reports

// Looks at the pages of tollgate in Chromium, as a person would: opens ladders, filters, follows a witness, watches a run, and asks
// axe-core for faults of accessibility. Whatever a page fetches from elsewhere, and whatever its console says, fails it.
//   TOLLGATE_PAGE_TEST=TOLLGATE:OUT node --test page_test.mjs      ci/page prepares what this needs; screenshots go to OUT
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';

const [tollgate, out] = process.env.TOLLGATE_PAGE_TEST.split(path.delimiter);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = name => path.join(out, name);
const run = (name, ...flags) => spawnSync(tollgate, ['run', '--sim', '--seed', '7', '--out', folder(name), ...flags]).status;

let browser;
before(async () => {
  mkdirSync(out, {recursive: true});
  browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox']});
  assert.equal(run('green', 'ORD', 'DBT', 'INV-01'), 0);
  assert.equal(run('fault', 'ORD', 'DBT', '--fault', 'M05'), 1);
});
after(() => browser?.close());

/// The page, which may ask nobody but `allowed` for anything and must not complain.
const open = async (t, url, {allowed = url, ...context} = {}) => {
  const page = await (await browser.newContext({viewport: {width: 1280, height: 900}, ...context})).newPage();
  const asked = [], complaints = [];
  page.on('request', request => { if (!request.url().startsWith(allowed) && !request.url().startsWith('blob:')) asked.push(request.url()); });
  page.on('console', message => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  page.on('pageerror', error => complaints.push(String(error)));
  t.after(() => page.context().close());
  await page.goto(url);
  page.isClean = () => { assert.deepEqual(asked, []); assert.deepEqual(complaints, []); };
  return page;
};
const file = name => pathToFileURL(path.join(folder(name), 'index.html')).href;
const picture = (page, name) => page.screenshot({path: path.join(out, `${name}.png`)});

/// Serious and critical faults, with the elements that have them. The policy of the page lets no script in but by the debugger.
const faults = async page => {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', {enabled: true});
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, {resultTypes: ['violations', 'passes']}));
  assert.ok(found.passes.length > 5, 'axe-core looked at nothing');
  return found.violations.filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ')}`);
};

test('a green run: a ladder opens, an arrow shows its message, the keyboard does the same', async t => {
  const page = await open(t, file('green'));
  await picture(page, 'green');
  const one = page.locator('#ORD-03');
  await one.locator('summary').click();
  const invite = one.locator('g[role]', {hasText: 'INVITE'}).first();
  await invite.waitFor();
  await invite.click();
  const message = one.locator('section.octets:visible');
  await message.waitFor();
  assert.match(await message.innerText(), /INVITE sip:.*SIP\/2\.0/);
  await picture(page, 'ladder');
  await invite.focus();
  await page.keyboard.press('Enter');
  assert.equal(await message.count(), 0);
  await page.keyboard.press('Enter');
  assert.equal(await message.count(), 1);
  page.isClean();
});

test('the filter keeps what it says, and shows all again', async t => {
  const page = await open(t, file('fault'));
  const shown = page.locator('.cases>details:visible'), all = await shown.count();
  await page.locator('form.filter input[value=fail]').check();
  const failed = await shown.count();
  assert.ok(failed > 0 && failed < all);
  assert.equal(await page.locator('.cases>details.fail:visible').count(), failed);
  await page.locator('form.filter input[type=search]').fill('DBT-04');
  assert.equal(await shown.count(), 1);
  assert.match(await page.locator('form.filter output').innerText(), /^1 of \d+ cases$/);
  await page.locator('form.filter button[type=reset]').click();
  await page.waitForFunction(count => [...document.querySelectorAll('.cases>details')].filter(one => !one.hidden).length === count, all);
  page.isClean();
});

test('a failed run: a witness leads to its arrow and its message', async t => {
  const page = await open(t, `${file('fault')}#DBT-04`, {allowed: file('fault')});
  await picture(page, 'fault');
  const one = page.locator('#DBT-04');
  assert.ok(await one.evaluate(element => element.open));
  const witness = one.locator('.witnesses button').first(), event = await witness.getAttribute('data-shows');
  await witness.click();
  await one.locator(`section[data-event="${event}"]:visible`).waitFor();
  assert.match(await one.locator(`g[data-event="${event}"]`).getAttribute('class'), /witness/);
  await picture(page, 'witness');
  page.isClean();
});

test('a click right behind the opening of a packed case keeps its message', async t => {
  const page = await open(t, file('green'));
  const id = await page.evaluate(async () => {
    const one = [...document.querySelectorAll('.cases>details')].find(each => each.querySelector('script[type="application/x-deflate"]'));
    const box = one.querySelector('.picture');
    one.open = true;  // its toggle event unpacks, later
    show(box, 3);     // and so does this, now
    return one.id;
  });
  const message = page.locator(`#${id} section[data-event="3"]`);
  await message.waitFor();
  await page.waitForTimeout(300);
  assert.ok(await message.isVisible());
  page.isClean();
});

test('every witness of a whole red run leads to its arrow and its message', async t => {
  run('whole', '--fault', 'M05');
  const page = await open(t, file('whole'));
  const dead = await page.evaluate(async () => {
    const out = [];
    for (const one of document.querySelectorAll('.cases>details')) {
      const box = one.querySelector('.picture');
      for (const witness of one.querySelectorAll('button[data-shows]')) {
        await show(box, witness.dataset.shows);
        const event = witness.dataset.shows, arrow = box.querySelector(`g.witness.chosen[data-event="${event}"]`);
        if (!arrow) out.push(`${one.id} #${event}: no arrow`);
        // What crosses no wire has no message to show.
        if (arrow?.matches('[role]') && !box.querySelector(`section[data-event="${event}"]:not([hidden]) pre`)) out.push(`${one.id} #${event}: no message`);
      }
    }
    return out;
  });
  assert.deepEqual(dead, []);
  page.isClean();
});

test('every ladder is drawn at its size, within bounds, and scrolls in its box', async t => {
  const page = await open(t, file('whole'));
  const bad = await page.evaluate(async () => {
    const out = [];
    for (const one of document.querySelectorAll('.cases>details')) {
      const box = one.querySelector('.picture');
      if (!box) continue;
      await unpack(box);
      one.open = true;
      const ladder = box.querySelector('svg.ladder'), lanes = box.querySelector('.lanes'), heads = box.querySelector('svg.heads');
      if (!ladder) { out.push(`${one.id}: no ladder`); continue; }
      const {width, height} = ladder.viewBox.baseVal, shown = ladder.getBoundingClientRect();
      if (Math.abs(shown.width / width - 1) > 0.01) out.push(`${one.id}: scaled by ${shown.width / width}`);
      if (height > 12000) out.push(`${one.id}: ${width} x ${height}`);
      if (lanes.clientWidth > one.clientWidth || heads.clientWidth !== ladder.clientWidth) out.push(`${one.id}: sticks out`);
      lanes.scrollTop = 300;
      if (lanes.scrollTop > 0 && heads.getBoundingClientRect().top < lanes.getBoundingClientRect().top) out.push(`${one.id}: its heads leave`);
      one.open = false;
    }
    return out;
  });
  assert.deepEqual(bad, []);
  page.isClean();
});

/// Opens every case as a click does: how many of its ladders fit their box, in which of them what broke is not in sight, and texts that
/// stick out of their picture or are too small to be read.
const seen = page => page.evaluate(async () => {
  const out = {all: 0, fit: 0, broke: 0, hidden: [], cut: [], small: []};
  for (const one of document.querySelectorAll('.cases>details')) {
    const box = one.querySelector('.picture');
    if (!box) continue;
    await unpack(box);
    one.open = true;
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const lanes = box.querySelector('.lanes'), around = lanes.getBoundingClientRect(), corner = lanes.querySelector('.corner').getBoundingClientRect();
    out.all++;
    out.fit += lanes.scrollWidth <= lanes.clientWidth;
    const broke = box.querySelector('svg.ladder g.witness:not(.cause)');
    if (broke) {
      out.broke++;
      const parts = [...broke.querySelectorAll('.shaft,.tip,.what')].map(part => part.getBoundingClientRect());
      const time = box.querySelector('svg.times g.witness:not(.cause) .ms').getBoundingClientRect();
      if (!parts.every(part => part.left >= corner.right && part.right <= around.right && part.top >= corner.bottom && part.bottom <= around.bottom) ||
          time.left < around.left || time.right > corner.right + 1) out.hidden.push(one.id);
    }
    for (const svg of box.querySelectorAll('svg')) {
      const {x, width} = svg.viewBox.baseVal;
      for (const text of svg.querySelectorAll('text')) {
        const drawn = text.getBBox();
        if (drawn.x < x - 0.5 || drawn.x + drawn.width > x + width + 0.5) out.cut.push(`${one.id}: ${text.textContent}`);
        if (parseFloat(getComputedStyle(text).fontSize) < 11) out.small.push(`${one.id}: ${text.textContent}`);
      }
    }
    one.open = false;
  }
  return out;
});

test('ladders fit a window of 1280 pixels, and open where it broke', async t => {
  run('everything');
  run('order', '--fault', 'M01');
  for (const [name, least] of [['everything', 0], ['whole', 50], ['order', 200]]) {
    const page = await open(t, file(name));
    const {all, fit, broke, hidden, cut, small} = await seen(page);
    t.diagnostic(`${name}: ${fit} of ${all} ladders fit, what broke is in sight in ${broke - hidden.length} of ${broke}`);
    assert.ok(all > 200 && fit >= 0.95 * all, `${fit} of ${all} fit`);
    assert.ok(broke >= least);
    assert.deepEqual([hidden, cut, small], [[], [], []]);
    page.isClean();
  }
});

test('where a ladder does not fit, its times stay, and its heads, and what broke comes to them', async t => {
  const page = await open(t, `${file('order')}#ORD-03`, {allowed: file('order'), viewport: {width: 620, height: 900}});
  const one = page.locator('#ORD-03');
  await one.locator('.witnesses button').last().click();
  const state = () => one.evaluate(element => {
    const lanes = element.querySelector('.lanes'), edge = element.querySelector('.times').getBoundingClientRect(), around = lanes.getBoundingClientRect();
    const parts = [...element.querySelectorAll('svg.ladder g.witness:not(.cause) :is(.tip,.shaft,.what)')].map(part => part.getBoundingClientRect());
    return {scrolls: lanes.scrollWidth > lanes.clientWidth, left: lanes.scrollLeft, times: Math.round(edge.left - around.left),
      shows: parts.every(part => part.left >= edge.right && part.right <= around.right)};
  });
  const {left, ...opened} = await state();
  assert.deepEqual(opened, {scrolls: true, times: 0, shows: true});
  assert.ok(left > 0);
  await one.locator('.lanes').evaluate(lanes => lanes.scrollTo(9999, 0));
  assert.equal((await state()).times, 0, 'however far it is scrolled');
  await one.locator('.times g.witness.cause .hit').click();
  assert.match(await one.locator('section.octets:visible h3').innerText(), /^#\d+ reserve_units/, 'a time is pressed as its arrow is');
  page.isClean();
});

test('with hundreds of failures every one has its ladder on a page below 5 MB', async t => {
  run('crowd', '--fault', 'M01', '--repeat', '2');
  assert.ok(statSync(path.join(folder('crowd'), 'index.html')).size < 5_000_000);
  const page = await open(t, file('crowd'));
  const {failed, without} = await page.evaluate(async () => {
    const failed = [...document.querySelectorAll('.cases>details.fail')].filter(one => one.querySelector('.picture'));
    const without = [];
    for (const one of failed) {
      await unpack(one.querySelector('.picture'));
      if (!one.querySelector('svg.ladder')) without.push(one.id);
    }
    return {failed: failed.length, without};
  });
  assert.ok(failed > 200, `${failed} failed`);
  assert.deepEqual(without, []);
  page.isClean();
});

test('the table of clauses is open on a red run and leads to what broke', async t => {
  const page = await open(t, file('fault'));
  assert.equal(await page.locator('details.clauses').first().evaluate(one => one.open), true);
  const proof = page.locator('details.clauses tr.fail a[href*="/"]', {hasText: '#'}).first(), [id, event] = (await proof.getAttribute('href')).slice(1).split('/');
  await proof.click();
  await page.locator(`#${id} section[data-event="${event}"]:visible`).waitFor();
  assert.equal(await page.locator('details.clauses tr.fail').count(), await page.evaluate(() => {
    const steps = new Set([...document.querySelectorAll('details.clauses')].flatMap(all => [...all.querySelectorAll('tr.fail th')].map(one => one.innerText)));
    return steps.size;
  }));
  assert.ok(await page.locator('details.clauses').first().locator('tr.pass').count() > 0, 'a case about all twelve steps reddens all of them');
});

test('paper has what failed without a click', async t => {
  const page = await open(t, file('fault'));
  await page.waitForTimeout(1000);  // what an idle page prepares
  await page.evaluate(() => {
    addEventListener('beforeprint', () => {
      const failed = [...document.querySelectorAll('.cases>details.fail')];
      document.documentElement.dataset.printed = `${failed.filter(one => one.open && one.querySelector('svg.ladder')).length} of ${failed.length}`;
      window.printedRows = failed.map(one => {
        const {y, height} = one.querySelector('svg.ladder').viewBox.baseVal, broke = one.querySelector('svg.ladder g.witness:not(.cause) .hit');
        const at = broke ? Number(broke.getAttribute('y')) : y;
        return [Math.floor(height / 36), at >= y && at + 36 <= y + height + 1];
      });
    });
  });
  await page.pdf({path: path.join(out, 'paper.pdf')});
  const [printed, failed] = (await page.evaluate(() => document.documentElement.dataset.printed)).split(' of ');
  assert.ok(Number(failed) > 0);
  assert.equal(printed, failed);
  assert.ok(await page.evaluate(() => window.printedRows.every(([rows, lit]) => rows <= 9 && lit)), 'and what broke is in the rows that are printed');
  assert.equal(await page.locator('.cases>details[open]').count(), 0, 'and the page is as it was');
  assert.equal(await page.locator('.picture .cut').count(), 0);
});

test('on a phone and on paper clause, purpose, reason and time stand there, and nothing is cut', async t => {
  const page = await open(t, `${file('fault')}#DBT-04`, {allowed: file('fault'), viewport: {width: 390, height: 800}});
  await page.locator('#DBT-04 .witnesses button').last().click();
  for (const what of ['clause', 'purpose', 'reason', 'time']) assert.ok(await page.locator(`#DBT-04 summary .${what}`).isVisible(), what);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  await picture(page, 'phone');
  await page.emulateMedia({media: 'print'});
  await page.setViewportSize({width: 794, height: 1100});
  for (const what of ['clause', 'purpose', 'reason', 'time']) assert.ok(await page.locator(`#DBT-04 summary .${what}`).isVisible(), what);
  assert.ok(await page.evaluate(() => [...document.querySelectorAll('#DBT-04 svg')].every(one => one.getBoundingClientRect().right <= innerWidth)));
  const kept = await page.evaluate(() => {
    const box = document.querySelector('#DBT-04 .picture'), sides = what => box.querySelector(what).getBoundingClientRect();
    const apart = Math.abs(sides('.heads').bottom - sides('svg.ladder').top) + Math.abs(sides('.times').bottom - sides('svg.ladder').bottom);
    return [getComputedStyle(box).breakInside, Math.round(apart)];
  });
  assert.deepEqual(kept, ['avoid', 0], 'the heads stay with their arrows, and the times beside them');
  await picture(page, 'paper');
});

test('axe-core finds no serious fault, in light and in dark, with a ladder open', async t => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open(t, `${file('fault')}#DBT-04`, {allowed: file('fault'), colorScheme});
    await page.locator('#DBT-04 .witnesses button').first().click();
    assert.deepEqual(await faults(page), [], colorScheme);
    await picture(page, `axe-${colorScheme}`);
  }
});

test('without a script the page still tells what failed and shows its ladder', async t => {
  const page = await open(t, file('fault'), {javaScriptEnabled: false});
  await page.locator('#DBT-04 summary').click();
  assert.ok(await page.locator('#DBT-04 svg.ladder').isVisible());
  await page.pdf({path: path.join(out, 'fault.pdf')});
});

test('the matrix of five faults is read without a fault', async t => {
  const faulty = ['M01', 'M05', 'M07', 'M13', 'M26'];
  for (const id of faulty) run(id, 'ORD', 'DBT', '--fault', id);
  const matrix = path.join(out, 'matrix.html');
  const made = spawnSync(tollgate, ['report', folder('green'), ...faulty.map(folder), '--report', `matrix=${matrix}`]);
  assert.equal(made.status, 0, String(made.stderr));
  const page = await open(t, pathToFileURL(matrix).href);
  assert.ok(await page.getByText('pass->FAIL').count() > 0);
  assert.match(await page.locator('thead').first().innerText(), /M05[^]*seed 7/);
  assert.equal(await page.locator('.banner').getAttribute('class'), 'banner fail');
  assert.match(await page.locator('.banner').innerText(), /4 of 5 runs broke what passes in run 1[^]*compared with run 1, in which nothing fails/);
  assert.equal(await page.getByText('fixed', {exact: true}).count(), 0, 'no fault mends another');
  const failed = page.locator('td.fail a').first(), target = await failed.getAttribute('href');
  assert.match(target, /^M\d+\/index\.html#/);
  assert.deepEqual(await faults(page), []);
  await picture(page, 'matrix');
  page.isClean();
});

test('a running ladder shows its newest events, and how many came before', async t => {
  const running = spawn(tollgate, ['run', 'ML-08', '--serve', '127.0.0.1:0', '--out', folder('newest')]);
  t.after(() => running.kill());
  const url = await new Promise(resolve => running.stdout.on('data', text => { const found = /live view: (\S+)/.exec(text); if (found) resolve(found[1]); }));
  const page = await open(t, url, {allowed: url});
  await page.locator('#ML-08.running summary').click();
  await page.locator('#ML-08 .gap', {hasText: 'events came before'}).waitFor();
  const look = () => page.evaluate(() => {
    const lanes = document.querySelector('#ML-08 .lanes'), around = lanes.getBoundingClientRect(), heads = lanes.querySelector('.corner').getBoundingClientRect();
    const all = [...lanes.querySelectorAll('svg.ladder g[data-event]')];
    const shown = all.filter(row => [...row.querySelectorAll('.shaft,.what')].map(part => part.getBoundingClientRect())
      .every(part => part.left >= heads.right && part.right <= around.right && part.top >= heads.bottom && part.bottom <= around.bottom));
    return {last: Number(all.at(-1).dataset.event), shows: shown.includes(all.at(-1)), count: shown.length, of: Number(/of (\d+) events/.exec(lanes.textContent)[1])};
  });
  const first = await look();
  await page.waitForFunction(last => Number([...document.querySelectorAll('#ML-08 svg.ladder g[data-event]')].at(-1).dataset.event) > last, first.last);
  const now = await look();
  for (const one of [first, now]) {
    assert.equal(one.last, one.of, 'the newest of all');
    assert.ok(one.shows && one.count > 0);
  }
  assert.ok(now.last > first.last);
  await picture(page, 'live-newest');
  page.isClean();
});

test('the live view fills up while the run goes on, with a running ladder, and ends as the report', async t => {
  const running = spawn(tollgate, ['run', 'ORD', 'RSV', '--serve', '127.0.0.1:0', '--out', folder('live')]);
  t.after(() => running.kill());
  const url = await new Promise((resolve, reject) => {
    running.stdout.on('data', text => { const found = /live view: (\S+)/.exec(text); if (found) resolve(found[1]); });
    running.on('exit', code => reject(new Error(`tollgate ended with ${code}`)));
  });
  const page = await open(t, url, {allowed: url});
  const slow = page.locator('.cases>details.running').first();
  await slow.waitFor();
  const id = await slow.getAttribute('id');
  await slow.locator('summary').click();
  await page.locator(`#${id} svg.ladder`).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.cases>details.pass').length > 3);
  assert.match(await page.locator('.banner').innerText(), /the run goes on/);
  assert.match(await page.locator('.running .reason').first().innerText(), /waits for|^$/);
  assert.ok(await page.evaluate(() => [...document.querySelectorAll('details.running')].every(one => one.closest('#running'))), 'what runs stands together');
  assert.equal(await page.locator('form.filter input[value=judged]').count(), 1);
  await picture(page, 'live');
  assert.deepEqual(await faults(page), []);
  await page.getByText('The run is over').waitFor({timeout: 120_000});
  assert.equal(await page.locator('.cases>details:not(.pass):not(.na)').count(), 0);
  assert.match(await page.locator('.banner').innerText(), /all cases passed/);
  assert.equal(await page.locator('#running details:not([open])').count(), 0, 'every row is back in its place');
  await picture(page, 'live-over');
  page.isClean();
});

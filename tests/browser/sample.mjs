// A page document such as the program writes for three worlds, with everything in it that a page must cope with: bands, gaps, a
// platform that opens late, Chinese names, differences around 0, parts, shares, many events. The same on every call.

const start = '2009-08-14';
/** 150 characters without a blank: a phone must break it all the same. */
const longPath = `scenarios/${'third_entrant_'.repeat(9)}year_2013.yaml`;
const days = Array.from({ length: 386 }, (_, i) => 7 * i);
const worldIds = ['history', 'no_ban', 'third_entrant'];

/** A fixed sequence of numbers in [0, 1), so that the sample is the same everywhere. */
function sequence(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const five = (value) => Number(value.toPrecision(5));
const dayOf = (date) => Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / 86_400_000);

const platforms = [
  { id: 'weibo', label: '微博', launch: 0, grows: 0.0042, top: 3.1e8, peak: 1350, falls: 0.0011 },
  { id: 'wechat', label: 'wechat', launch: dayOf('2011-01-21'), grows: 0.0046, top: 6.4e8, peak: 9999, falls: 0 },
  { id: 'laiwang', label: '来往 laiwang', launch: dayOf('2013-09-23'), grows: 0.006, top: 0.7e8, peak: 2300, falls: 0.0015 },
];

function has(world, platform) {
  return platform < 2 || world === 2;
}

function level(world, platform, day) {
  const { launch, grows, top, peak, falls } = platforms[platform];
  if (day < launch) return null;
  const rise = top / (1 + 24 * Math.exp(-grows * (day - launch)));
  const decline = day > peak ? Math.exp(-falls * (day - peak)) : 1;
  const parted = day - dayOf(world === 1 ? '2014-11-26' : '2013-09-23');
  const change = world === 0 || parted < 0 ? 0 : (world === 1 ? [0.00003, 0.00005] : [-0.0001, -0.00004, 0])[platform] * parted;
  return rise * decline * (1 + change);
}

/** Lines of all worlds and platforms; `value(world, platform, day)` is null where there is none. */
function lines(random, value, { wobble = 0.01, spread = 0.03, worlds = [0, 1, 2], part = null, name = '' } = {}) {
  const result = [];
  for (const platform of [0, 1, 2]) {
    for (const world of worlds) {
      if (!has(world, platform)) continue;
      const mid = [], low = [], high = [];
      for (const day of days) {
        const exact = value(world, platform, day);
        if (exact === null) {
          for (const each of [mid, low, high]) each.push(null);
          continue;
        }
        const size = Math.abs(exact);
        const middle = exact + size * wobble * (random() - 0.5);
        const half = size * spread * (0.7 + 0.6 * random());
        mid.push(five(middle));
        low.push(five(middle - half));
        high.push(five(middle + half));
      }
      const label = [platforms[platform].label, name, worldIds[world]].filter(Boolean).join(', ');
      result.push({ label, world, platform, part, mid, low, high });
    }
  }
  return result;
}

function lineChart(id, title, note, unit, drawn, more = {}) {
  return { id, title, note, unit, kind: 'lines', zero: true, percent: false, lines: drawn, ...more };
}

function bars(random, id, title, note, stacks, size) {
  const categories = ['2009', '2010', '2011', '2012', '2013', '2014', '2015', '2016'];
  const groups = [];
  for (const platform of [0, 1, 2]) {
    for (const world of [0, 1, 2]) {
      if (!has(world, platform)) continue;
      const opened = 2009 + Math.floor((platforms[platform].launch + 226) / 365);
      const values = categories.map((year) => stacks.map((_, stack) =>
        Number(year) < opened ? 0 : five((size * (0.4 + random())) / (stack + 1) / (1 + 0.3 * Math.abs(Number(year) - opened - 2)))));
      groups.push({ label: `${platforms[platform].label}, ${worldIds[world]}`, world, platform, values });
    }
  }
  return { id, title, note, unit: 'people', kind: 'bars', percent: false, categories, stacks, groups };
}

function differences(of, title, note, unit) {
  const random = sequence(77);
  const drawn = lines(random, (world, platform, day) => {
    const [here, base] = [level(world, platform, day), has(0, platform) ? level(0, platform, day) : null];
    return here === null || base === null ? null : here - base;
  }, { worlds: [1, 2], wobble: 0.1, spread: 0.4 }).filter((line) => line.platform < 2);
  return lineChart(of, title, note, unit, drawn, { zero: false });
}

const share = (scale) => (world, platform, day) => {
  const value = level(world, platform, day);
  return value === null ? null : (scale * value) / 6.4e8;
};
const times = (factor) => (world, platform, day) => {
  const value = level(world, platform, day);
  return value === null ? null : factor * value;
};

function sections() {
  const random = sequence(20141128);
  const chart = (id, title, note, unit, value, more) => lineChart(id, title, note, unit, lines(random, value, more), more?.chart);
  const gaps = (value) => (world, platform, day) => (day > 900 && day < 1000 ? null : value(world, platform, day));
  const ramp = (world, platform, day) => (day < platforms[platform].launch ? null : platform === 0 ? Math.min(0.3, Math.max(0, (day - 1000) / 4000)) : 0.02);
  const parts = ['spontaneous', 'peer', 'drag'].flatMap((name, part) =>
    lines(random, times(0.004 / (part + 1)), { part, name, worlds: [0] }));
  return [
    { id: 'users', title: 'Users', charts: [
      chart('monthly_active_users', 'Monthly active users', 'People who used the platform within 30 days.', 'people', times(1)),
      differences('monthly_active_users_difference', 'Monthly active users: difference from history',
        'The same people with the same luck in each world; the band is the 95 % interval of the mean difference.', 'people'),
      chart('daily_active_users', 'Daily active users', 'People who use the platform on a day.', 'people', gaps(times(0.45))),
      chart('members', 'Members', 'People with an account in use.', 'people', times(1.2)),
      chart('multi_homing_members', 'Members of several platforms', 'Members who are also members of another platform.', 'people', times(0.3)),
    ] },
    { id: 'attention', title: 'Attention', charts: [
      chart('attention_share', 'Share of attention', 'Mean share of the time budget over all people online.', '', share(0.3), { chart: { percent: true } }),
      chart('minutes_per_member', 'Minutes a day of a member', 'Mean over members.', 'minutes', times(60 / 6e8)),
      chart('mean_habit', 'Habit', 'Mean habit of members.', '', share(1)),
      chart('mean_irritation', 'Irritation', 'Mean irritation of members, in utils.', 'utils', (w, p, d) => (level(w, p, d) === null ? null : share(1)(w, p, d) - 0.5)),
    ] },
    { id: 'flows', title: 'Who joins, who leaves, and why', charts: [
      bars(random, 'joins_by_cause', 'People who joined, by cause', 'Spontaneous includes the launch pulse; peers are friends who are there already.',
        ['spontaneous', 'peer', 'drag'], 6e7),
      bars(random, 'exits_by_cause', 'People who left, by cause', 'Threshold: more irritation than the person bears.', ['baseline', 'disuse', 'threshold'], 2e7),
      lineChart('joins_a_week', 'Joins a week, by cause', 'As it happened.', 'people', parts),
      chart('attention_flow', 'Attention moved to the other platform', 'In people\'s full time budgets.', 'people', times(0.002)),
      chart('account_flow', 'Accounts moved to the other platform', 'Joins by people who are mainly on the other one.', 'people', times(0.001)),
    ] },
    { id: 'sellers', title: 'Sellers and money', charts: [
      chart('suppliers_present', 'Sellers with an account', 'Shops, brands, celebrities and media together.', 'sellers', times(0.01)),
      chart('ad_load', 'Ad load', 'Share of impressions that are ads.', '', ramp, { chart: { percent: true } }),
      chart('ad_revenue', 'Advertising revenue', 'In a week.', 'CNY', times(0.4)),
      chart('seller_sales', 'Sales of sellers', 'In a week.', 'CNY', times(3.2)),
      chart('complaints', 'Complaints', 'In a week.', 'people', times(0.0007)),
      chart('blindness', 'Ads that are overlooked', 'Share of ad impressions that users have learned to overlook.', '', share(0.5), { chart: { percent: true } }),
    ] },
  ];
}

const events = [
  ['2011-01-21', 'wechat opens', [0, 1, 2], 'platforms.wechat.launch'],
  ['2011-12-31', 'QR codes', [0, 1, 2], 'platforms.wechat.qr_codes = 1, platforms.weibo.qr_codes = 1'],
  ['2012-03-31', 'weibo comments off', [0, 1, 2], 'platforms.weibo.conversation_weight = 0'],
  ['2012-04-19', '朋友圈 Moments', [0, 1, 2], 'platforms.wechat.friends_feed_weight = 1'],
  ['2012-06-15', 'weibo promoted posts', [0, 1, 2], 'platforms.weibo.ads.load = 0.05'],
  ['2012-08-17', 'official accounts', [0, 1, 2], 'platforms.wechat.broadcast_weight = 0.25'],
  ['2012-11-14', 'alimama freezes commission', [0, 1, 2], 'marketplace.commission = 0.45'],
  ['2013-01-01', 'weibo squeezes marketers', [0, 1, 2], 'platforms.weibo.sellers.take = 0.1'],
  ['2013-08-05', 'folded subscriptions', [0, 1, 2], 'platforms.wechat.broadcast_weight = 0.2'],
  ['2013-09-23', '来往 laiwang opens', [2], 'platforms.laiwang.launch'],
  ['2014-11-26', '微博 bans wechat', [0, 2], 'platforms.weibo.ban.strictness = 0.8, platforms.weibo.ban.detection = 0.5'],
  ['2015-01-25', 'Moments ads', [0, 1, 2], 'platforms.wechat.ads.load = 0.01'],
].map(([date, label, worlds, text]) => ({ worlds, label, day: dayOf(date), text }));

function differenceRows() {
  const rows = [];
  const random = sequence(5);
  const outcomes = [['monthly active users', 'people', 4e8], ['daily active users', 'people', 2e8], ['share of attention', 'share', 0.3],
    ['minutes a day of a member', 'minutes', 40], ['advertising revenue', 'CNY', 2e9], ['sellers with an account', 'sellers', 3e6]];
  for (const world of [1, 2]) {
    for (const moment of ['at the end', 'on average']) {
      for (const [outcome, unit, size] of outcomes) {
        for (const platform of ['weibo', 'wechat']) {
          const verdict = world === 2 && outcome.startsWith('minutes') ? 'identical' : random() < 0.35 ? 'within noise' : random() < 0.05 ? 'unknown' : 'differs';
          const relative = verdict === 'identical' ? 0 : (random() - 0.4) * (verdict === 'differs' ? 0.2 : 0.01);
          const half = verdict === 'identical' ? 0 : verdict === 'differs' ? Math.abs(relative) * 0.5 : 0.012;
          const baseline = five(size * (0.6 + random()));
          const at = (part) => five(part * baseline);
          rows.push({ outcome, unit, platform, world, moment, baseline, other: at(1 + relative), difference: at(relative), low: at(relative - half), high: at(relative + half),
            relative: five(relative), relative_low: five(relative - half), relative_high: five(relative + half), verdict });
        }
      }
    }
  }
  return rows;
}

const assumptions = Array.from({ length: 150 }, (_, i) => {
  const group = ['platforms.weibo', 'platforms.wechat', 'population', 'network', 'habit', 'irritation', 'suppliers.brand'][i % 7];
  const name = ['ads.load', 'imitation_rate', 'conversation_weight', 'listening', 'half_life', 'share', 'rate'][Math.floor(i / 7) % 7];
  return { key: `${group}.${name}${i >= 49 ? `_${i}` : ''}`, values: i === 0 ? ['0.05', '0.05', '0.1'] : ['0.25', '0.25', '0.25'], unit: i % 3 ? '1' : 'share of impressions',
    meaning: 'what this parameter does, told in one sentence of the ordinary length that meanings have', changed: i < 4 };
});

export function sampleDocument() {
  return {
    schema: 'spillway-page/1',
    title: 'What if 微博 (Weibo) had never banned the promotion of WeChat?',
    answer: 'Without the ban, wechat would have had 3.4 % [1.2, 5.5] more monthly users at the end of 2016.',
    details: ['The worlds part on 26 November 2014, when history makes 微博 ban what leads to wechat and no_ban does not: the first thing that differs is how many followers sellers reach.',
      '微博 itself would have had 1.9 % [0.4, 3.3] more. Pairing the worlds person by person made these intervals 3.1 times narrower.'],
    caveat: 'Levels are provisional, fitted roughly to 2011-2013: trust which way a change pushes the market, not how many users a platform gets.',
    time: { start, days },
    worlds: [
      { id: 'history', title: '微博 and WeChat, as it happened', description: 'Two platforms compete for the time of everybody online in China. How many people join, stay and leave is for the simulated people to decide.',
        file: 'scenarios/history.yaml', replicates: 8, changes: [] },
      { id: 'no_ban', title: 'What if Weibo had never banned the promotion of WeChat?', description: 'Everything as it happened until November 2014; then nothing is banned.',
        file: 'scenarios/no_ban.yaml', replicates: 8, changes: [{ key: 'interventions.weibo_bans_wechat', from: '{on: 2014-11-26, set: {platforms.weibo.ban.strictness: 0.8}}', to: 'removed' }] },
      { id: 'third_entrant', title: 'What if a third platform had entered in 2013?', description: 'A stage and a messenger in one, with a contact list of its own and sellers from the first day.',
        file: longPath, replicates: 8, changes: [{ key: 'platforms.laiwang', from: 'absent', to: '{launch: 2013-09-23, intrinsic_utility: -3.1, imitation_rate: 1.5}' },
          { key: 'platforms.laiwang.sellers.presence', from: 'absent', to: '0.2' }] },
    ],
    platforms: platforms.map(({ id, label }) => ({ id, label })),
    events,
    sections: sections(),
    differences: differenceRows(),
    assumptions,
    footer: { program: 'spillway 0.3.0', model: '3', commit: 'abcdef012345', seed: '20141128', replicates: '8', users: '1,000,000', created: '2026-11-27T10:00:00Z', confidence: '95 %' },
  };
}

/** As little as a page can have: one run of one world, so nothing to compare; names and texts that HTML could trip over. */
export function sparseDocument() {
  const line = { label: 'a </script><b>platform</b>', world: 0, platform: 0, part: null, mid: [null, 5, 7, null, 12] };
  const without = { id: 'nothing', title: 'A chart without a value', note: '', unit: '1', kind: 'lines', zero: true, percent: false, lines: [{ ...line, mid: [null, null, null, null, null] }] };
  const chart = { ...without, id: 'members', title: 'Members', lines: [line] };
  return {
    schema: 'spillway-page/1', title: 'A small run', answer: 'Members rose to 12.', details: [], caveat: '', time: { start: '2011-01-01', days: [0, 1, 2, 3, 4] },
    worlds: [{ id: 'small', title: 'A small run', description: '', file: longPath, replicates: 1, changes: [] }], platforms: [{ id: 'a', label: line.label }],
    events: [], sections: [{ id: 'all', title: 'All', charts: [chart, without] }], differences: [], assumptions: [],
    footer: { program: 'spillway 0.3.0', seed: '1' },
  };
}

/** What the program does with a document: it replaces the placeholder of the template. */
export function fillTemplate(template, document) {
  const placeholder = '{"schema":"spillway-page/0"}';
  const parts = template.split(placeholder);
  if (parts.length !== 2) throw new Error(`the template holds the placeholder ${parts.length - 1} times, not once`);
  return parts.join(JSON.stringify(document).replaceAll('</', '<\\/'));
}

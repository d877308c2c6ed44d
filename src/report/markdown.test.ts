import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { finding, hostile, mixed, reportOf, silentControl } from '../../test/builders/report.ts';
import { denied } from '../../test/builders/snapshot.ts';
import type { Report } from '../model/report.ts';
import { inert } from './inert.ts';
import { markdown } from './markdown.ts';
import { printable } from './text.ts';

/** As GitHub draws it, which lets harmless HTML through. */
const drawn = (text: string): string =>
  micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

/** What a reader sees of HTML without elements. */
const textOf = (html: string): string =>
  html
    .replaceAll('<!-- -->', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const many = (controls: number, findings: number): Report => {
  const catalogue = Array.from({ length: controls }, (_, number) => silentControl(`vpc/control-${number}`));
  return reportOf(
    catalogue.flatMap(({ id }) =>
      Array.from({ length: findings }, (_, number) =>
        finding({ control: id, key: String(number), message: 'It differs in many words. '.repeat(4) }),
      ),
    ),
    catalogue,
  );
};

test('the first line is the verdict', () => {
  const sound = reportOf([finding({ control: 'vpc/one', status: 'pass' })], [silentControl('vpc/one')]);
  expect(markdown(mixed()).split('\n')[0]).toBe('### ❌ SecureCart: 1 fail, 1 unknown');
  expect(markdown(sound).split('\n')[0]).toBe('### ✅ SecureCart: nothing fails');
});

test('what fails has a table by its control, and what is accepted or unknown a line', () => {
  const html = drawn(markdown(mixed()));
  expect(html).toContain('<h4>HIGH vpc/one</h4>');
  expect(html).toMatch(
    /<td>sg-0a1b2c3d4e5f60718 \(backend\) in eu-west-1<\/td>\s*<td>Rule sgr-1 allows tcp 22/,
  );
  expect(html).toContain('<h4>Unknown</h4>');
  expect(html).toContain('the permission ec2:DescribeVpcs is missing');
});

test('of many findings of a control ten are shown, and the rest is counted', () => {
  expect(markdown(many(1, 12))).toContain('… and 2 more findings.');
});

test('it is never longer than a comment may be: the controls that have no room are counted', () => {
  const text = markdown(many(200, 10));
  expect(text.length).toBeLessThanOrEqual(65_536);
  const shown = text.match(/^#### HIGH/gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(0);
  expect(text).toContain(`… and ${200 - shown} more controls: no room is left.`);
});

test('what is unknown for very many reasons leaves room for what fails', () => {
  const findings = Array.from({ length: 1000 }, (_, number) =>
    finding({
      control: 'vpc/one',
      key: String(number),
      status: 'unknown',
      reason: { ...denied('ec2:DescribeVpcs'), call: `ec2:DescribeVpc${'s'.repeat(80)}${number}` },
    }),
  );
  const report = reportOf([...findings, finding({ control: 'vpc/one' })], [silentControl('vpc/one')]);
  const text = markdown(report);
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text).toContain('#### HIGH vpc/one');
  expect(text).toContain('… and 980 more reasons.');
});

describe('a text from the account is drawn as it is, and does nothing', () => {
  test.each([
    hostile,
    '<script>alert(1)</script>',
    '![x](https://evil.example/x.png)',
    'https://evil.example',
    'www.evil.example',
    'a@evil.example',
    '`code` **bold** ~~gone~~',
    'a | b',
    '&lt;b&gt;',
    '\\',
  ])('%j', text => {
    const html = drawn(`| a | b |\n| - | - |\n| ${inert(text)} | end |`);
    const cell = /<td>(.*)<\/td>\s*<td>end<\/td>/.exec(html)?.[1] ?? '';
    expect(cell).not.toMatch(/<(?!!-- -->)|[@#]\w/);
    expect(textOf(cell)).toBe(printable(text));
  });

  test('not even a mention or a reference to an issue, which GitHub finds in what is drawn', () => {
    expect(drawn(inert('@octocat #1'))).toBe('<p>@<!-- -->octocat #<!-- -->1</p>');
  });
});

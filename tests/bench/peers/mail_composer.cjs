// The peer in JavaScript: microseconds of CPU to compose a mail with nodemailer. mail_composer.cjs MAIL.json
const { readFileSync } = require('fs');
const { createRequire } = require('module');
const MailComposer = createRequire(process.env.TERTIUS_BENCH_MODULES + '/')('nodemailer/lib/mail-composer');

const compose = (mail) =>
  new Promise((done, fail) => new MailComposer(mail).compile().build((error, bytes) => (error ? fail(error) : done(bytes))));

async function main(path) {
  const mail = { ...JSON.parse(readFileSync(path)), textEncoding: 'quoted-printable' };
  const first = (await compose(mail)).toString();
  if (!first.includes('multipart/alternative') || first.length < mail.html.length) throw new Error('not composed');
  const rounds = 500;
  for (let i = 0; i < rounds; i++) await compose(mail);  // until it is compiled
  const begin = process.cpuUsage();
  for (let i = 0; i < rounds; i++) await compose(mail);
  const used = process.cpuUsage(begin);
  console.log((used.user + used.system) / rounds);
}
main(process.argv[2]);

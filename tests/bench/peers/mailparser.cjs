// The peer in JavaScript: microseconds of CPU to read a letter with mailparser. mailparser.cjs LETTER
const { readFileSync } = require('fs');
const { createRequire } = require('module');
const { simpleParser } = createRequire(process.env.TERTIUS_BENCH_MODULES + '/')('mailparser');

async function main(path) {
  const letter = readFileSync(path);
  const first = await simpleParser(letter);
  if (!first.text.includes('Forward, gladly.')) throw new Error('mailparser has not read the letter');
  const rounds = 200;
  for (let i = 0; i < rounds; i++) await simpleParser(letter);  // until it is compiled
  const begin = process.cpuUsage();
  for (let i = 0; i < rounds; i++) await simpleParser(letter);
  const used = process.cpuUsage(begin);
  console.log((used.user + used.system) / rounds);
}
main(process.argv[2]);

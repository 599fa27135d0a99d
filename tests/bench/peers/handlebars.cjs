// The peer in JavaScript: microseconds of CPU to render the HTML of a notice, compiled once, from our own template
// (no part of it is beyond Handlebars). handlebars.cjs TEMPLATE FIELDS.json
const { readFileSync } = require('fs');
const { createRequire } = require('module');
const Handlebars = createRequire(process.env.TERTIUS_BENCH_MODULES + '/')('handlebars');

function main(path, fields) {
  const render = Handlebars.compile(readFileSync(path, 'utf8'));
  const data = JSON.parse(readFileSync(fields));
  const first = render(data);
  if (!first.includes('twenty minutes') || !first.includes(data.FORWARD_URL.slice(-20))) throw new Error('not rendered');
  const rounds = 20000;
  for (let i = 0; i < rounds; i++) render(data);  // until it is compiled
  const begin = process.cpuUsage();
  for (let i = 0; i < rounds; i++) render(data);
  const used = process.cpuUsage(begin);
  console.log((used.user + used.system) / rounds);
}
main(...process.argv.slice(2));

// The peer in JavaScript: mails composed and sent by nodemailer's pool, from memory.
// nodemailer_pool.cjs PORT COUNT CONNECTIONS MAIL.json
const { readFileSync } = require('fs');
const { createRequire } = require('module');
const nodemailer = createRequire(process.env.TERTIUS_BENCH_MODULES + '/')('nodemailer');

async function main(port, count, connections, path) {
  const mail = { ...JSON.parse(readFileSync(path)), textEncoding: 'quoted-printable' };
  const pool = nodemailer.createTransport({
    host: '127.0.0.1', port: Number(port), ignoreTLS: true, pool: true,
    maxConnections: Number(connections), maxMessages: Infinity,
  });
  let left = Number(count);
  // Twice as many under way as there are connections: none is ever idle.
  const worker = async () => { while (left-- > 0) await pool.sendMail({ ...mail, messageId: undefined }); };
  const begin = [process.cpuUsage(), process.hrtime.bigint()];
  await Promise.all(Array.from({ length: 2 * connections }, worker));
  const used = process.cpuUsage(begin[0]);
  const seconds = Number(process.hrtime.bigint() - begin[1]) / 1e9;
  console.log(JSON.stringify({ seconds, cpu: (used.user + used.system) / 1e6, rss: [process.memoryUsage.rss()] }));
  pool.close();
}
main(...process.argv.slice(2));

// Makes every name below localhost this machine, as RFC 6761 6.3 has it and glibc has not: the S3 Control client puts
// the account before the host. Loaded with --import by the processes that tests start.
import dns from 'node:dns';

const { lookup } = dns;

dns.lookup = (name, ...rest) => lookup(name.endsWith('.localhost') ? 'localhost' : name, ...rest);

// Loaded with --import by the processes that tests start, and by the tests' own clients. Every name below localhost is
// this machine, as RFC 6761 has it and glibc has not: the S3 Control client puts the account before the host. Any other
// name is refused, so that a client which misses the endpoint cannot reach AWS.
import dns from 'node:dns';

const { lookup } = dns;

dns.lookup = (name, ...rest) => {
  const callback = rest.at(-1);
  if (/^((.+\.)?localhost|127\.0\.0\.1|::1)$/.test(name))
    return lookup(/^[.\d]+$|:/.test(name) ? name : 'localhost', ...rest);
  const error = new Error(`${name} is not the emulator: tests reach no other host`);
  return callback(Object.assign(error, { code: 'ENOTFOUND', hostname: name, syscall: 'getaddrinfo' }));
};

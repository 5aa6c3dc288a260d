/** Loaded before a gateway: an error that nobody catches, as careless code may throw one. */
setTimeout(() => {
  throw Object.assign(new TypeError('SECRET words'), { record: 'SECRET value' });
}, 8000);

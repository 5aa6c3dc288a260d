/** Loaded before a gateway: a warning, as careless code may emit one. */
process.nextTick(() => setTimeout(() => process.emitWarning('SECRET words', { type: 'CarelessWarning', detail: 'SECRET value' }), 4000));

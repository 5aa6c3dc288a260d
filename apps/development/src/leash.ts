/** Loaded into every child of `npm start`: when the starter is gone, kill -9 included, the channel to it closes and the child ends too. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));

/** Loaded into every child of `npm start`: when the starter is gone, kill -9 included, the channel to it closes, and the child must not keep its port. */
process.once('disconnect', () => process.exit());
// Listening must not by itself keep a child alive that has nothing more to do.
process.channel?.unref();

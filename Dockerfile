FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 GATEWAY_ROLES=api,worker,scheduler
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist/libs dist/libs
COPY --from=build /app/dist/apps/gateway dist/apps/gateway
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# A core dump would hold personal data in clear. `exec` keeps Node as the process that receives SIGTERM.
ENTRYPOINT ["sh", "-c", "ulimit -c 0 && exec \"$@\"", "--"]
# As `npm run start:prod`; migrations: `node dist/apps/gateway/src/migrate.js`.
CMD ["node", "--enable-source-maps", "--disable-sigusr1", "dist/apps/gateway/src/main.js"]

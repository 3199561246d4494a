FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /app/.venv
COPY requirements.txt .
RUN /app/.venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.13-slim
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LOG_FORMAT=json HEARTBEAT_FILE=/tmp/alive
WORKDIR /app
RUN useradd --system --uid 1000 coach && mkdir data && chown coach data
COPY --from=build /app/.venv .venv
COPY bot bot
COPY content content
COPY locales locales
COPY migrations migrations
USER coach
VOLUME /app/data
# The bot touches this file every second or so; when it hangs or loses its database, the file grows old.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD find /tmp/alive -newermt "-60 seconds" | grep -q .
STOPSIGNAL SIGTERM
CMD ["python", "-m", "bot", "run"]

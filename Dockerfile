FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 bot && install -d -o bot -m 700 /state
WORKDIR /app
COPY --from=build /venv /venv
COPY bot bot
COPY retrieval retrieval
COPY seeds seeds
COPY config config
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 BOT_DATA_DIR=/state BOT_WEB_PORT=8080
VOLUME /state
USER 10001
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['BOT_WEB_PORT']}/healthz\", timeout=4)"]
# `run`, so that without a token it says so and ends: nobody outside could open the local page.
CMD ["python", "-m", "bot", "run"]

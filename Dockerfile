# The gateway as one image: built in the first stage, run without build tools, caches or root in the second.

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/ requirements/
RUN python -m venv /opt/oss-gateway \
  && /opt/oss-gateway/bin/pip install --require-hashes --requirement requirements/runtime.txt \
  && python -m venv /opt/build \
  && /opt/build/bin/pip install --require-hashes --requirement requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY gateway/ gateway/
COPY validators/ validators/
COPY schemas/ schemas/
COPY config/ config/
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist . \
  && /opt/oss-gateway/bin/pip install --no-deps /dist/*.whl

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="oss-gateway" \
  org.opencontainers.image.description="OSS gateway for wholesale telecom ordering: LSR, ASR and collocation" \
  org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/oss-gateway gateway
COPY --from=build /opt/oss-gateway /opt/oss-gateway
ENV PATH=/opt/oss-gateway/bin:$PATH \
  PYTHONUNBUFFERED=1 \
  OSS_GATEWAY_DATA=/var/lib/oss-gateway \
  OSS_GATEWAY_HOST=0.0.0.0 \
  OSS_GATEWAY_PORT=8080 \
  OSS_GATEWAY_LOG_FORMAT=json
USER 10001
WORKDIR /var/lib/oss-gateway
VOLUME /var/lib/oss-gateway
EXPOSE 8080
# SIGTERM ends the gateway cleanly: it answers what it took, then stops.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"OSS_GATEWAY_PORT\"]}/healthz', timeout=2)"]
ENTRYPOINT ["oss-gateway"]
CMD ["serve"]

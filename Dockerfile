# docker build -t vis-a-vis .
# docker run --init --network host -v visavis-models:/app/models_cache -v visavis-data:/data vis-a-vis

FROM python:3.11-slim AS build
# PyPI's torch for Linux brings gigabytes of CUDA. PyTorch's own index of CPU wheels (pytorch.org,
# "Get started", "Pip", "CPU") has a build without: --build-arg TORCH_INDEX=https://…
ARG TORCH_INDEX=
WORKDIR /app
RUN python -m venv /opt/venv
COPY constraints.txt ./
RUN /opt/venv/bin/pip install --no-cache-dir -c constraints.txt \
      ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} torch
COPY pyproject.toml README.md LICENSE ./
COPY alignment alignment
COPY service service
RUN /opt/venv/bin/pip install --no-cache-dir -c constraints.txt -e '.[workers,postgres]'

FROM python:3.11-slim
RUN useradd --uid 10001 --home-dir /data --create-home visavis \
    && install --directory --owner visavis /app/models_cache
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
# Converted and downloaded models are written beside the built-in one.
COPY --chown=visavis models_cache/visavis-fr-en /app/models_cache/visavis-fr-en
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    VISAVIS_DATABASE=/data/visavis.db \
    VISAVIS_MODELS=/app/models_cache \
    VISAVIS_PORT=8000
WORKDIR /data
VOLUME ["/app/models_cache", "/data"]
USER visavis
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['VISAVIS_PORT'] + '/healthz', timeout=4)"]
CMD ["visavis", "serve"]

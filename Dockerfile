# Production image: no private PostgreSQL (the `demo` extra is left out), no Node, no installer, not root.
#   docker build -t waymark .

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /srv/waymark

# The tools have an environment of their own, which stays behind in this stage.
COPY requirements/setup.txt requirements/node.txt requirements/base.txt requirements/
RUN python -m venv /opt/tools \
 && /opt/tools/bin/pip install --quiet --require-hashes -r requirements/setup.txt \
 && /opt/tools/bin/uv pip install --quiet --python /opt/tools/bin/python --require-hashes -r requirements/node.txt \
 && /opt/tools/bin/uv venv --quiet --python /usr/local/bin/python3 .venv \
 && /opt/tools/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/base.txt

COPY package.json package-lock.json .npmrc ./
RUN PATH="/opt/tools/bin:$PATH" npm ci

COPY pyproject.toml README.md ./
COPY webapp webapp
COPY content content
COPY translations translations
RUN /opt/tools/bin/python -c "import os; os.makedirs('/tmp/wheel'); import hatchling.build as it; it.build_editable('/tmp/wheel')" \
 && /opt/tools/bin/uv pip install --quiet --python .venv/bin/python --no-deps /tmp/wheel/*.whl \
 && PATH="/srv/waymark/.venv/bin:/opt/tools/bin:$PATH" npm run build \
 && .venv/bin/waymark translations compile \
 && .venv/bin/waymark content check \
 && .venv/bin/python -m compileall -q webapp \
 && rm -rf node_modules package.json package-lock.json .npmrc requirements


FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /srv/waymark --no-create-home --shell /usr/sbin/nologin waymark
WORKDIR /srv/waymark
# The code belongs to root: the account that serves it cannot change it. It writes in var/ only.
COPY --from=build /srv/waymark /srv/waymark
RUN install -d -o waymark -g waymark -m 0700 var
ENV PATH="/srv/waymark/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    WAYMARK_ENVIRONMENT=production \
    WAYMARK_HOST=0.0.0.0 \
    WAYMARK_PORT=8000
USER waymark
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
CMD ["waymark", "serve"]

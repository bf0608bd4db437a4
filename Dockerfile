# syntax=docker/dockerfile:1
# Three stages: the style sheets, the Python environment, and the small image that
# keeps neither Node nor a compiler. Static files are collected while building.

FROM node:24-slim AS front
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tools tools
COPY static static
RUN npm run --silent build

FROM python:3.13-slim AS python
RUN python -m venv /venv
COPY requirements/production.txt /tmp/
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/production.txt

FROM python:3.13-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home portal
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.base \
    VAR_DIR=/app/var
WORKDIR /app
COPY --from=python /venv /venv
COPY --from=front /app/node_modules/@etalab node_modules/@etalab
COPY . .
COPY --from=front /app/static/build static/build
# No value of this line is used by a running portal.
RUN SECRET_KEY=unused ALLOWED_HOSTS=unused DATABASE_URL=postgres://unused/unused \
    REDIS_URL=redis://unused python manage.py collectstatic --noinput --verbosity 0 \
    && mkdir -p var/media \
    && chown -R portal var/media
USER portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "tools/healthcheck.py"]
CMD ["gunicorn", "portal.wsgi", "--bind=0.0.0.0:8000", "--workers=2", \
     "--max-requests=2000", "--max-requests-jitter=200", "--worker-tmp-dir=/dev/shm", \
     "--no-control-socket", "--log-level=warning"]

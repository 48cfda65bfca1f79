# One image for the desk, the public site and the migrations; docker-compose.yml says which a container is.
# It runs as a user without rights, and on a read-only root file system: it writes to /tmp and BULLETINS_MEDIA_ROOT only.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements/base.txt /tmp/base.txt
RUN /opt/venv/bin/pip install --require-hashes -r /tmp/base.txt
WORKDIR /app
COPY . .
# Needs no secret and no database: development mode, but with the hashed names of production.
RUN BULLETINS_MODE=development BULLETINS_HASHED_ASSETS=1 BULLETINS_STATIC_ROOT=/app/staticfiles BULLETINS_VAR=/tmp/var \
    /opt/venv/bin/python manage.py collectstatic --noinput \
    && /opt/venv/bin/python -m compileall -q accounts bulletins config units

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin bulletins \
    && install --directory --owner=bulletins --group=bulletins /srv/media
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    BULLETINS_MODE=production \
    BULLETINS_STATIC_ROOT=/app/staticfiles \
    BULLETINS_MEDIA_ROOT=/srv/media
USER bulletins
VOLUME /srv/media
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-m", "config.probe"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--no-ws", "--blocking-threads", "4", "config.wsgi:application"]

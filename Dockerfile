# The product alone: no demo, no tests, no development tools.

FROM python:3.11-slim-bookworm AS dependencies
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups

FROM python:3.11-slim-bookworm
ENV PATH=/app/.venv/bin:$PATH KUAIXUN_VAR=/data PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# What unpacks attached RAR and 7z.
RUN apt-get update && apt-get install -y --no-install-recommends libarchive13 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --create-home kuaixun
WORKDIR /app
COPY --from=dependencies /app/.venv .venv
COPY . .
USER kuaixun
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--worker-class=gthread", "--threads=8", "--no-control-socket", "--bind=0.0.0.0:8000", "config.wsgi"]

# mdm2screen in a container: docker build -t mdm2screen:0.1.0 .
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY src ./src
RUN python -m venv /opt/mdm2screen && /opt/mdm2screen/bin/pip install --no-cache-dir .

FROM python:3.13-slim
# Nextflow measures its tasks with ps.
RUN apt-get update && apt-get install --yes --no-install-recommends procps && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/mdm2screen /opt/mdm2screen
ENV PATH=/opt/mdm2screen/bin:$PATH PYTHONUNBUFFERED=1
RUN useradd --create-home --uid 1000 screener
USER screener
WORKDIR /data
# No ENTRYPOINT: Nextflow and Snakemake start a shell of their own.
CMD ["mdm2screen", "--help"]

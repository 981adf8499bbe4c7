# A Python and the libraries of one profile, which the host has unpacked from wheels: the
# image needs neither pip nor a network. They come without their own tests.
ARG BASE_IMAGE=python:3.13-slim
FROM ${BASE_IMAGE}

COPY site /opt/cordada/site
# Some carry a file that is no Python of today, as data.
RUN python3 -m compileall -q -j 0 /opt/cordada/site >/dev/null || true

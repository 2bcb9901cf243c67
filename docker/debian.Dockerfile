# What the installation needs besides its own two images and can be had as Debian packages. rtpengine, SIPp and the receiver of
# the SIP mirror have no usual public image; the others take the place of the public ones where no registry can be reached (docker/base-images).
ARG DEBIAN_IMAGE=debian:bookworm-slim

FROM ${DEBIAN_IMAGE} AS rtpengine
RUN apt-get update -qq \
    && apt-get install -qq --no-install-recommends rtpengine-daemon >/dev/null \
    && rm -rf /var/lib/apt/lists/*
USER rtpengine
EXPOSE 22222/udp
# Without the kernel's table, which a container has no right to. Interface and ng address come as arguments.
ENTRYPOINT ["rtpengine", "--foreground", "--log-stderr", "--table=-1", "--listen-cli=127.0.0.1:2224", "--pidfile=/tmp/rtpengine.pid"]

FROM ${DEBIAN_IMAGE} AS sipp
RUN apt-get update -qq \
    && apt-get install -qq --no-install-recommends sip-tester >/dev/null \
    && rm -rf /var/lib/apt/lists/*
USER nobody
WORKDIR /tmp
ENTRYPOINT ["sipp"]

# Takes the gateways' SIP mirror (HEPv3 over UDP) and keeps it as a capture file; `sngrep -I FILE` shows its calls.
FROM ${DEBIAN_IMAGE} AS hep
RUN apt-get update -qq \
    && apt-get install -qq --no-install-recommends sngrep >/dev/null \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o nobody -m 0750 /var/lib/mirror
USER nobody
VOLUME /var/lib/mirror
EXPOSE 9060/udp
ENTRYPOINT ["sngrep", "--no-interface", "--quiet", "--eep-listen", "udp:0.0.0.0:9060", "--output", "/var/lib/mirror/mirror.pcap"]

FROM ${DEBIAN_IMAGE} AS jre
RUN apt-get update -qq \
    && apt-get install -qq --no-install-recommends openjdk-17-jre-headless >/dev/null \
    && rm -rf /var/lib/apt/lists/*

FROM ${DEBIAN_IMAGE} AS postgres
RUN apt-get update -qq \
    && apt-get install -qq --no-install-recommends postgresql-15 >/dev/null \
    && rm -rf /var/lib/apt/lists/* /var/lib/postgresql/15/main \
    && install -d -o postgres -g postgres -m 0750 /var/lib/postgresql/data
COPY postgres-entry /usr/local/bin/postgres-entry
ENV PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/bin PGDATA=/var/lib/postgresql/data
USER postgres
VOLUME /var/lib/postgresql/data
EXPOSE 5432
STOPSIGNAL SIGINT
ENTRYPOINT ["postgres-entry"]

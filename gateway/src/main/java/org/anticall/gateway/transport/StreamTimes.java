package org.anticall.gateway.transport;

import org.anticall.gateway.config.StreamSettings;

/**
 * How long a stream may be silent, and how long a message may take to come in, both nanoseconds.
 */
record StreamTimes(long idle, long message) {

    static StreamTimes of(StreamSettings settings) {
        return new StreamTimes(settings.idle().toNanos(), settings.message().toNanos());
    }
}

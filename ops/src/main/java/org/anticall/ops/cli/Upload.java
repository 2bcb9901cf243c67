package org.anticall.ops.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A file on its way to the centre. The centre reads it as it comes, so what is sent is what is checked: the terminal shows share,
 * lines and lines a second, twice a second at most and once at the end. One reader at a time.
 */
final class Upload extends FilterInputStream {

    private static final long TELL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final PrintWriter terminal;
    private final long bytes;
    private final long begin = System.nanoTime();
    private long told = begin;
    private long sent;
    private long lines;
    private boolean over;

    /** @throws IOException if the file cannot be read */
    Upload(Path file, PrintWriter terminal) throws IOException {
        super(Files.newInputStream(file));
        this.terminal = terminal;
        this.bytes = Files.size(file);
    }

    /** The file as the body of a request, once. */
    BodyPublisher publisher() {
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> this);
        return bytes == 0 ? BodyPublishers.noBody() : BodyPublishers.fromPublisher(stream, bytes);
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        int got = super.read(into, from, most);
        for (int i = from; i < from + got; i++) {
            if (into[i] == '\n') {
                lines++;
            }
        }
        sent += Math.max(0, got);
        long now = System.nanoTime();
        if (got < 0 ? !over : now - told >= TELL_NANOS) {
            told = now;
            over = got < 0;
            double seconds = Math.max(1, now - begin) / 1e9;
            terminal.printf(
                    "%3d %%  %,d lines  %,.0f lines/s%n",
                    bytes == 0 ? 100 : 100 * sent / bytes, lines, lines / seconds);
            terminal.flush();
        }
        return got;
    }
}

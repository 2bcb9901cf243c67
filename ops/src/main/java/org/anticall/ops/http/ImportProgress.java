package org.anticall.ops.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How far imports are that are under way, by the names their senders gave them. Bounded; the oldest is forgotten first. Thread-safe. */
final class ImportProgress {

    private static final int MOST = 64;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{8,64}");

    private final Map<String, Steps> imports = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Steps> eldest) {
            return size() > MOST;
        }
    };

    /** Begins to follow an import; one without a proper name is followed by nobody. */
    Steps begin(String key) {
        Steps steps = new Steps(key);
        if (KEY.matcher(key).matches()) {
            synchronized (imports) {
                imports.put(key, steps);
            }
        }
        return steps;
    }

    @Nullable
    Steps find(String key) {
        synchronized (imports) {
            return imports.get(key);
        }
    }

    /** One import: lines that are read, then numbers that are written. Written by one thread, read by any. */
    final class Steps {
        private final String key;
        private volatile int read;
        private volatile int written;

        private Steps(String key) {
            this.key = key;
        }

        void read(int lines) {
            read = lines;
        }

        void written(int numbers) {
            written = numbers;
        }

        int read() {
            return read;
        }

        int written() {
            return written;
        }

        void end() {
            synchronized (imports) {
                imports.remove(key, this);
            }
        }
    }
}

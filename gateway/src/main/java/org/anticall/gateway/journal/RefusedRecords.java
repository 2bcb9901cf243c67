package org.anticall.gateway.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records ops would not have, in a file beside the journal: they are evidence all the same. */
final class RefusedRecords {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedRecords.class);
    private static final String NAME = "refused.ndjson";

    private final JournalDirectory directory;
    private final LongAdder count = new LongAdder();

    RefusedRecords(JournalDirectory directory) {
        this.directory = directory;
    }

    long count() {
        return count.sum();
    }

    /** Keeps the lines of the batch that were refused; they are on the disk when this returns. */
    void keep(List<byte[]> batch, List<RecordsEndpoint.Refusal> refusals) throws IOException {
        if (refusals.isEmpty()) {
            return;
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (RecordsEndpoint.Refusal refusal : refusals) {
            byte[] line = batch.get(refusal.line() - 1);
            lines.write(line, 0, line.length);
            lines.write('\n');
            count.increment();
            LOG.atError()
                    .addKeyValue("error", refusal.error())
                    .addKeyValue("file", directory.file(NAME))
                    .log("ops refused a record, it is kept in the file");
        }
        try (FileChannel file =
                FileChannel.open(directory.file(NAME), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        }
    }
}

package org.anticall.gateway.journal;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The position up to which ops has confirmed the records, in a small file. If it is lost the records travel once more,
 * and ops knows them by their ids.
 */
final class ShippedMark {

    private static final Logger LOG = LoggerFactory.getLogger(ShippedMark.class);
    private static final String NAME = "shipped";

    private final JournalDirectory directory;

    ShippedMark(JournalDirectory directory) {
        this.directory = directory;
    }

    JournalPosition read() throws IOException {
        String text = directory.read(NAME).trim();
        int space = text.indexOf(' ');
        if (space > 0) {
            try {
                return new JournalPosition(
                        Long.parseLong(text.substring(0, space)), Integer.parseInt(text.substring(space + 1)));
            } catch (NumberFormatException damaged) {
                LOG.atWarn().addKeyValue("text", text).log("mark of shipped records is unreadable, all are sent again");
            }
        }
        return JournalPosition.START;
    }

    void write(JournalPosition position) throws IOException {
        directory.replace(NAME, position.sequence() + " " + position.offset() + "\n");
    }
}

package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a file that is sent may be, at the limits of orders and of numbers; nothing of it is held in memory here. */
class SentFileTest {

    @ParameterizedTest
    @ValueSource(longs = {ImportApi.MOST_BYTES, ManagedListsApi.MOST_BYTES})
    void aFileHasSoManyBytesAndNotOneMore(long most) throws Exception {
        for (long length : new long[] {most - 1, most}) {
            assertEquals(length, SentFile.of(new Lines(length), most).transferTo(OutputStream.nullOutputStream()));
        }
        InputStream longer = SentFile.of(new Lines(most + 1), most);
        assertEquals(
                "The file has at most " + most + " bytes.",
                assertThrows(Refused.class, () -> longer.transferTo(OutputStream.nullOutputStream()))
                        .getMessage());
    }

    /** So many bytes of empty lines. */
    private static final class Lines extends InputStream {
        private long left;

        Lines(long length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? '\n' : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            if (left == 0) {
                return -1;
            }
            int some = (int) Math.min(left, most);
            Arrays.fill(into, from, from + some, (byte) '\n');
            left -= some;
            return some;
        }
    }
}

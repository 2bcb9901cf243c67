package org.anticall.gateway.sip;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.anticall.gateway.Torture;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coverage-guided fuzzing of everything that reads bytes of a stranger. With {@code JAZZER_FUZZ=1} it searches for the time
 * given; without, it runs what was found before, and the torture messages.
 */
class ReaderFuzzTest {

    private final ReadChecks checks = new ReadChecks();

    static Stream<byte[]> tortureMessages() {
        return Torture.names().stream().map(Torture::message);
    }

    @MethodSource("tortureMessages")
    @FuzzTest(maxDuration = "10s")
    void nothingThatCanArriveMakesAReaderThrowOrDisagree(byte[] bytes) {
        if (bytes.length <= SipLimits.MAX_DATAGRAM_BYTES) {
            checks.asDatagram(bytes);
            checks.asStream(bytes);
        }
    }
}

package org.anticall.ops.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GatewayAdminTest {

    private static final GatewayAdmin.Measurements MEASUREMENTS = new GatewayAdmin.Measurements(
            """
            # HELP anticall_decision_seconds time from facts to verdict
            # TYPE anticall_decision_seconds summary
            anticall_decision_seconds{quantile="0.5"} 1.25E-5
            anticall_decision_seconds{quantile="0.99"} NaN
            anticall_decision_seconds_count 12
            """);

    @Test
    void quantilesAreReadInMicroseconds() {
        assertEquals(12.5, MEASUREMENTS.decisionMicros("0.5").orElseThrow(), 1e-9);
    }

    @Test
    void whatIsNotANumberIsNotThere() {
        assertTrue(MEASUREMENTS.decisionMicros("0.99").isEmpty());
        assertTrue(MEASUREMENTS.decisionMicros("0.9").isEmpty());
    }

    @Test
    void aSampleIsFoundByItsWholeName() {
        assertEquals(12, MEASUREMENTS.value("anticall_decision_seconds_count").orElseThrow());
        assertTrue(MEASUREMENTS.value("anticall_decision").isEmpty());
    }
}

package org.anticall.ops.order;

import java.time.Instant;

/**
 * Who stands for something.
 *
 * @param person number of the human being; what signatures are compared by
 * @param name as it is shown
 * @param unit department
 */
public record Signature(long person, String name, String unit, Instant at) {

    public boolean isBySame(Signature other) {
        return person == other.person;
    }
}

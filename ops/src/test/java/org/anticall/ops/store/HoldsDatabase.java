package org.anticall.ops.store;

import java.io.IOException;
import java.nio.file.Path;

/** A process that opens the database, says so and holds it until its input ends. */
final class HoldsDatabase {

    private HoldsDatabase() {}

    public static void main(String[] arguments) throws IOException {
        try (Database database = Database.open(Path.of(arguments[0]), null)) {
            database.check();
            System.out.println("open");
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}

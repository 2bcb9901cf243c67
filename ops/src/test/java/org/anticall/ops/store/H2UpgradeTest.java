package org.anticall.ops.store;

/** The embedded database. */
class H2UpgradeTest extends UpgradeContract {

    @Override
    String empty() {
        return "jdbc:h2:file:" + files.resolve("centre") + ";LOCK_TIMEOUT=10000";
    }
}

package org.anticall.ops.cli;

import java.nio.file.Path;
import org.anticall.ops.config.ConfigFile;
import org.anticall.ops.config.InvalidConfig;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.config.Secret;
import org.anticall.ops.store.Database;
import org.jspecify.annotations.Nullable;

/** The database and the keys of a centre that does not have to run, by its configuration. */
final class CentreStore {

    private CentreStore() {}

    static OpsConfig read(Path file) {
        try {
            return ConfigFile.read(file, System.getenv());
        } catch (InvalidConfig invalid) {
            throw CommandFailure.usage(String.valueOf(invalid.getMessage()));
        }
    }

    static Path keys(OpsConfig config) {
        return config.state().resolve("keys");
    }

    static Database open(OpsConfig config) {
        OpsConfig.DatabaseAddress address = config.database();
        return address == null
                ? Database.open(config.state(), null)
                : Database.open(config.state(), address.url(), address.user(), password(address));
    }

    static Database openForRestore(OpsConfig config, String schema) {
        OpsConfig.DatabaseAddress address = config.database();
        return address == null
                ? Database.openForRestore(config.state(), null, null, null, schema)
                : Database.openForRestore(config.state(), address.url(), address.user(), password(address), schema);
    }

    private static @Nullable String password(OpsConfig.DatabaseAddress address) {
        Secret password = address.password();
        return password == null ? null : password.value();
    }
}

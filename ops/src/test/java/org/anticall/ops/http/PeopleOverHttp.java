package org.anticall.ops.http;

import java.nio.file.Path;
import java.util.Set;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A centre whose prosecutors need a second factor, for each test. */
abstract class PeopleOverHttp {

    @TempDir
    Path state;

    RunningCentre centre;

    @BeforeEach
    final void start() throws StartFailure {
        centre = RunningCentre.withSecondFactorFor(state, Set.of(Role.PROSECUTOR));
    }

    @AfterEach
    final void stop() {
        centre.close();
    }
}

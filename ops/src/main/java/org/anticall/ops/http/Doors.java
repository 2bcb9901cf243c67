package org.anticall.ops.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import org.anticall.ops.people.Permission;

/**
 * The routes of the interface, each with the permission it takes. {@code RoleWalkTest} walks them all with every role.
 */
final class Doors {

    private final RoutesConfig routes;
    private final Gate gate;

    Doors(RoutesConfig routes, Gate gate) {
        this.routes = routes;
        this.gate = gate;
    }

    /** What a door leads to. */
    interface Room {
        void enter(Context context, Session session) throws Exception;
    }

    /** A GET, which changes nothing. */
    void get(String path, Permission needed, Room room) {
        routes.get(path, context -> room.enter(context, gate.reader(context, needed)));
    }

    void post(String path, Permission needed, Room room) {
        routes.post(path, writing(needed, room));
    }

    void put(String path, Permission needed, Room room) {
        routes.put(path, writing(needed, room));
    }

    void delete(String path, Permission needed, Room room) {
        routes.delete(path, writing(needed, room));
    }

    private Handler writing(Permission needed, Room room) {
        return context -> room.enter(context, gate.writer(context, needed));
    }
}

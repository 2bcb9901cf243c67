package org.anticall.gateway;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP as a request to reload. The JDK has no supported way to take a signal: left alone, SIGHUP ends the process. Its
 * module {@code jdk.unsupported} exports {@code sun.misc.Signal} for this, but no compiler lets it be named without a
 * warning that cannot be silenced (JEP 260), so it is reached by reflection; where it is missing, SIGHUP keeps its
 * default and POST /reload does the same.
 */
final class HangupSignal {

    private static final Logger LOG = LoggerFactory.getLogger(HangupSignal.class);

    private HangupSignal() {}

    /**
     * @param action runs on a thread of its own for every signal
     */
    static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    action.run();
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> arguments != null && proxy == arguments[0];
                default -> "reload on SIGHUP";
            };
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls);
            signal.getMethod("handle", signal, handler).invoke(null, hangup, proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException missing) {
            LOG.atWarn().addKeyValue("cause", missing.toString()).log("SIGHUP does not reload here, POST /reload does");
        }
    }
}

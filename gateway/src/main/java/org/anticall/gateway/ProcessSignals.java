package org.anticall.gateway;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals of the operating system as requests to the gateway. The JDK has no supported way to take a signal: left alone,
 * SIGHUP ends the process and a second SIGTERM is ignored. Its module {@code jdk.unsupported} exports {@code
 * sun.misc.Signal} for this, but no compiler lets it be named without a warning that cannot be silenced (JEP 260), so it is
 * reached by reflection; where it is missing, a signal keeps its default, and POST /reload and /drain do the same.
 */
final class ProcessSignals {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessSignals.class);

    private ProcessSignals() {}

    /**
     * @param name without SIG: HUP, TERM, INT
     * @param action runs on a thread of its own for every signal
     */
    static void handle(String name, Runnable action) {
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
                default -> "action on SIG" + name;
            };
            Object taken = signal.getConstructor(String.class).newInstance(name);
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls);
            signal.getMethod("handle", signal, handler).invoke(null, taken, proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException missing) {
            LOG.atWarn()
                    .addKeyValue("signal", name)
                    .addKeyValue("cause", missing.toString())
                    .log("this signal keeps its default here");
        }
    }
}

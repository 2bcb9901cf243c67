package org.anticall.ops.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager how the centre stands (sd_notify(3)): ready, stopping, and that it is alive. The JDK has no
 * datagram sockets in the file system (as of 17), so {@code systemd-notify}, which comes with the manager, carries the words;
 * the unit lets it ({@code NotifyAccess=all}). Without {@code NOTIFY_SOCKET} in the environment nothing is said.
 * Thread-safe; saying something takes five seconds at most.
 */
final class ServiceNotifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceNotifier.class);
    private static final String PROGRAM = "systemd-notify";
    private static final long SAID_WITHIN_SECONDS = 5;

    private final String socket;
    private final Duration watchdog;
    private volatile boolean isOpen = true;

    private ServiceNotifier(String socket, Duration watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** The manager that {@code environment} names, or nobody. */
    static ServiceNotifier of(Map<String, String> environment) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        return new ServiceNotifier(socket, socket.isEmpty() ? Duration.ZERO : watchdog(environment));
    }

    private static Duration watchdog(Map<String, String> environment) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        if (!pid.isEmpty() && !pid.equals(Long.toString(ProcessHandle.current().pid()))) {
            return Duration.ZERO;
        }
        try {
            long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
            return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros));
        } catch (NumberFormatException notANumber) {
            return Duration.ZERO;
        }
    }

    /** Console and desk answer, as {@code status} says. */
    void ready(String status) {
        say("READY=1", "STATUS=" + status);
    }

    /** The process is about to end. */
    void stopping() {
        say("STOPPING=1");
    }

    /**
     * Says twice per watchdog interval that the process is alive, as long as it is; does nothing if nobody asked for it.
     *
     * @param isAlive whether calls are handled; may take some time to find out
     */
    void watch(BooleanSupplier isAlive) {
        if (watchdog.isZero()) {
            return;
        }
        Thread thread = new Thread(
                () -> {
                    while (isOpen) {
                        if (isAlive.getAsBoolean()) {
                            say("WATCHDOG=1");
                        }
                        LockSupport.parkNanos(watchdog.toNanos() / 2);
                    }
                },
                "watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private void say(String... words) {
        if (socket.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(List.of(words));
        try {
            ProcessBuilder program = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            program.environment().put("NOTIFY_SOCKET", socket);
            Process process = program.start();
            if (!process.waitFor(SAID_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            } else if (process.exitValue() == 0) {
                return;
            }
            LOG.atWarn().addKeyValue("words", words[0]).log("the service manager takes no messages");
        } catch (IOException absent) {
            LOG.atWarn()
                    .addKeyValue("words", words[0])
                    .addKeyValue("cause", absent.getMessage())
                    .log("the service manager cannot be told anything");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the watching; nobody waits for its thread. */
    @Override
    public void close() {
        isOpen = false;
    }
}

package org.anticall.ops.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.anticall.ops.acceptance.Needs;
import org.anticall.ops.acceptance.Ports;

/**
 * A real softphone, baresip, without sound card or screen: it registers with digest, plays a tone when it is in a call,
 * and is driven over its control socket. Its configuration lives in a directory of its own.
 */
public final class Baresip implements AutoCloseable {

    /** What it does when it rings. */
    public enum Answering {
        /** Nothing until it is told. */
        MANUAL,
        /** Takes the call at once. */
        AUTO
    }

    private static final List<Path> MODULES = List.of(
            Path.of("/usr/lib/baresip/modules"),
            Path.of("/usr/lib/x86_64-linux-gnu/baresip/modules"),
            Path.of("/usr/local/lib/baresip/modules"));

    private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[;0-9]*m");

    private final Process process;
    private final int controlPort;
    private final List<String> output = new ArrayList<>();

    private Baresip(Process process, int controlPort) {
        this.process = process;
        this.controlPort = controlPort;
        Thread reader = new Thread(this::read, "baresip-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a phone that registers at {@code registrar} every minute.
     *
     * @param directory empty, for its configuration
     * @param registrar address and port of the desk
     */
    public static Baresip start(
            Path directory, String user, String password, InetSocketAddress registrar, Answering answering)
            throws IOException {
        String domain = registrar.getAddress().getHostAddress() + ":" + registrar.getPort();
        int controlPort = Ports.free();
        Files.writeString(directory.resolve("config"), config(controlPort));
        Files.writeString(
                directory.resolve("accounts"),
                "<sip:%s@%s;transport=udp>;auth_user=%s;auth_pass=%s;answermode=%s;regint=60%n"
                        .formatted(
                                user, domain, user, password, answering.name().toLowerCase(Locale.ROOT)));
        Files.writeString(directory.resolve("contacts"), "");
        Process process = new ProcessBuilder(
                        Needs.program("baresip", "baresip-core").toString(), "-f", directory.toString(), "-v")
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        return new Baresip(process, controlPort);
    }

    /** Takes the call that rings. */
    public void accept() throws IOException {
        command("accept");
    }

    /** Ends or declines the call. */
    public void hangUp() throws IOException {
        command("hangup");
    }

    /** Runs one of baresip's commands, for example {@code hangup}. */
    public void command(String name) throws IOException {
        String json = "{\"command\":\"" + name + "\",\"params\":\"\",\"token\":\"t\"}";
        byte[] netstring = (json.length() + ":" + json + ",").getBytes(UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), controlPort)) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(netstring);
            out.flush();
            if (socket.getInputStream().read() < 0) {
                throw new IOException("baresip closed its control socket");
            }
        }
    }

    /**
     * Waits until it has printed a line with {@code text}.
     *
     * @throws AssertionError with all it printed, if it does not within {@code patience}
     */
    public void awaitOutput(String text, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (output) {
            while (output.stream().noneMatch(line -> line.contains(text))) {
                long restMillis = (deadline - System.nanoTime()) / 1_000_000;
                if (restMillis <= 0) {
                    throw new AssertionError(
                            "baresip did not print \"" + text + "\" but:\n" + String.join("\n", output));
                }
                output.wait(restMillis);
            }
        }
    }

    /** Everything it has printed. */
    public String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    /** Lets it unregister and end; ends it by force if it does not within five seconds. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (output) {
                    output.add(COLOUR.matcher(line).replaceAll(""));
                    output.notifyAll();
                }
            }
        } catch (IOException e) {
            synchronized (output) {
                output.add("(end of output: " + e.getMessage() + ")");
                output.notifyAll();
            }
        }
    }

    private static String config(int controlPort) {
        return """
                poll_method epoll
                sip_listen 127.0.0.1:0
                call_local_timeout 120
                call_max_calls 1
                audio_source ausine,400
                audio_player aubridge,nil
                audio_alert aubridge,nil
                ausrc_srate 48000
                auplay_srate 8000
                ausrc_channels 2
                auplay_channels 1
                rtp_ports 20000-29998
                module_path %s
                module g711.so
                module ausine.so
                module aubridge.so
                module_tmp uuid.so
                module_tmp account.so
                module_app contact.so
                module_app menu.so
                module_app ctrl_tcp.so
                ctrl_tcp_listen 127.0.0.1:%d
                """
                .formatted(modules(), controlPort);
    }

    private static Path modules() {
        return MODULES.stream().filter(Files::isDirectory).findFirst().orElse(null);
    }
}

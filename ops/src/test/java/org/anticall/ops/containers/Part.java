package org.anticall.ops.containers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.ops.acceptance.Await;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** One container, on one or more networks with addresses of its own, that can be hurt and mended. */
final class Part extends GenericContainer<Part> {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<Subnet, String> addresses = new HashMap<>();
    private final String name;
    private final Subnet first;

    /** @param network the first network it is on */
    Part(String name, String image, Subnet network, String address) {
        super(DockerImageName.parse(image));
        // Every image is made or named before; a registry is asked for none.
        withImagePullPolicy(absent -> false);
        this.name = name;
        this.first = network;
        addresses.put(network, address);
        withCreateContainerCmdModifier(
                command -> command.withIpv4Address(address).getHostConfig().withNetworkMode(network.name()));
        // The engine tells the health; nothing of a part is offered to the machine.
        setWaitStrategy(new Running());
    }

    Part on(Subnet network, String address) {
        addresses.put(network, address);
        return this;
    }

    /** Mounts a directory of the machine, to be read only. */
    Part reading(Path directory, String inside) {
        return changed(command ->
                command.getHostConfig().withBinds(Bind.parse(directory.toAbsolutePath() + ":" + inside + ":ro")));
    }

    /** Takes away what the product's images do not need, and asks for their health every second. */
    Part hardened() {
        return changed(command -> {
            HostConfig host = command.getHostConfig();
            host.withReadonlyRootfs(true)
                    .withTmpFs(Map.of("/tmp", "exec,mode=1777,size=64m"))
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges"));
            command.withHealthcheck(new HealthCheck()
                    .withInterval(Duration.ofSeconds(1).toNanos())
                    .withTimeout(Duration.ofSeconds(10).toNanos())
                    .withRetries(120));
        });
    }

    /** Something else than the image's own program. */
    Part running(String... command) {
        return changed(create -> create.withEntrypoint(command).withCmd());
    }

    private Part changed(java.util.function.Consumer<CreateContainerCmd> change) {
        return withCreateContainerCmdModifier(change);
    }

    @Override
    protected void containerIsCreated(String id) {
        addresses.keySet().stream().filter(network -> network != first).forEach(this::connect);
    }

    String address(Subnet network) {
        return addresses.get(network);
    }

    /** Cuts it off from a network. */
    void disconnect(Subnet network) {
        Engine.client()
                .disconnectFromNetworkCmd()
                .withContainerId(getContainerId())
                .withNetworkId(network.name())
                .withForce(true)
                .exec();
    }

    /** Puts it on a network, with the address it has there. */
    void connect(Subnet network) {
        Engine.client()
                .connectToNetworkCmd()
                .withContainerId(getContainerId())
                .withNetworkId(network.name())
                .withContainerNetwork(new ContainerNetwork()
                        .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(address(network))))
                .exec();
    }

    /** From all its networks. */
    void cutOff() {
        addresses.keySet().forEach(this::disconnect);
    }

    /** On all networks from which it was cut off. */
    void backOn() {
        Set<String> on =
                getCurrentContainerInfo().getNetworkSettings().getNetworks().keySet();
        addresses.keySet().stream()
                .filter(network -> !on.contains(network.name()))
                .forEach(this::connect);
    }

    /** Running, not paused, and on all its networks, whatever was done to it. */
    void mend() {
        var state = getCurrentContainerInfo().getState();
        if (Boolean.TRUE.equals(state.getPaused())) {
            thaw();
        }
        if (!Boolean.TRUE.equals(state.getRunning())) {
            again();
        }
        backOn();
    }

    /** SIGKILL. */
    void kill() throws Exception {
        Engine.client().killContainerCmd(getContainerId()).exec();
        Await.until(name + " is dead", PATIENCE, () -> !isRunning());
    }

    /** As {@code docker stop}: SIGTERM, and SIGKILL after {@code patience}. */
    void end(Duration patience) {
        Engine.client()
                .stopContainerCmd(getContainerId())
                .withTimeout((int) patience.toSeconds())
                .exec();
    }

    /** The same container again, with what it has written. */
    void again() {
        Engine.client().startContainerCmd(getContainerId()).exec();
    }

    void freeze() {
        Engine.client().pauseContainerCmd(getContainerId()).exec();
    }

    void thaw() {
        Engine.client().unpauseContainerCmd(getContainerId()).exec();
    }

    /** Waits until the image's own health check is content. */
    void awaitHealth() throws Exception {
        Await.until(name + " is healthy", PATIENCE, () -> {
            var state = getCurrentContainerInfo().getState();
            if (!Boolean.TRUE.equals(state.getRunning())) {
                throw new AssertionError(name + " ended with " + state.getExitCodeLong() + ":\n" + getLogs());
            }
            return "healthy".equals(state.getHealth().getStatus());
        });
    }

    /** Waits for its end and tells the exit status. */
    long awaitEnd() throws Exception {
        Await.until(name + " ends", PATIENCE, () -> !isRunning());
        return getCurrentContainerInfo().getState().getExitCodeLong();
    }

    /** What a command in the container answers; it must end well. */
    String tells(String... command) throws Exception {
        ExecResult result = execInContainer(command);
        if (result.getExitCode() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + result.getStderr() + result.getStdout());
        }
        return result.getStdout().strip();
    }

    /** Nothing is waited for at the start; callers ask for what they need. */
    private static final class Running extends org.testcontainers.containers.wait.strategy.AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // It has been started.
        }
    }
}

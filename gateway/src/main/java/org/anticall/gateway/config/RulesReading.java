package org.anticall.gateway.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.function.Function;
import org.anticall.rules.bundle.SigningKeys;
import org.jspecify.annotations.Nullable;

/** Reads where the rules come from: {@code rules}, and for bundles {@code rules-keys} and {@code rules-token-file}. */
final class RulesReading {

    private final Section root;
    private final Function<String, @Nullable Path> resolve;
    private final @Nullable Path trust;

    /**
     * @param resolve makes a path of a text, null if it is none
     * @param trust what the gateway and the centre know each other by, null for nothing
     */
    RulesReading(Section root, Function<String, @Nullable Path> resolve, @Nullable Path trust) {
        this.root = root;
        this.trust = trust;
        this.resolve = resolve;
    }

    /** The location, null and a problem if it is not right. */
    @Nullable
    RulesLocation location() {
        RulesLocation location = root.required(
                "rules",
                new ValueForm<>(
                        "reference, or file: and the path of a rule file that exists, or the https address of the centre's"
                                + " bundles (http only on this machine)",
                        this::read));
        List<PublicKey> keys = root.optionalList("rules-keys", publicKey());
        Path tokenFile = root.optional("rules-token-file", existing());
        if (!(location instanceof RulesLocation.Bundles bundles)) {
            return location;
        }
        if (keys == null || keys.isEmpty()) {
            root.problem(
                    "rules-keys",
                    "",
                    "missing; expected a list, each item " + publicKey().expected());
            return null;
        }
        return new RulesLocation.Bundles(bundles.address(), keys, tokenFile, trust);
    }

    private @Nullable RulesLocation read(String text) {
        if (text.equals("reference")) {
            return new RulesLocation.Reference();
        }
        URI address = Forms.HTTP.reader().apply(text);
        if (address != null) {
            boolean isSafe = "https".equalsIgnoreCase(address.getScheme()) || isThisMachine(address.getHost());
            return isSafe ? new RulesLocation.Bundles(address, List.of(), null, trust) : null;
        }
        Path file = resolve.apply(text);
        return file == null || !Files.isReadable(file) ? null : new RulesLocation.File(file);
    }

    private static boolean isThisMachine(String host) {
        InetAddress literal = Addresses.address(host);
        return host.equals("localhost") || (literal != null && literal.isLoopbackAddress());
    }

    private ValueForm<PublicKey> publicKey() {
        return new ValueForm<>("the path of a PEM file with an Ed25519 public key", text -> {
            Path file = resolve.apply(text);
            try {
                return file == null ? null : SigningKeys.publicKey(Files.readString(file));
            } catch (IOException | IllegalArgumentException noKey) {
                return null;
            }
        });
    }

    private ValueForm<Path> existing() {
        return new ValueForm<>("the path of a file that exists", text -> {
            Path file = resolve.apply(text);
            return file == null || !Files.isReadable(file) ? null : file;
        });
    }
}

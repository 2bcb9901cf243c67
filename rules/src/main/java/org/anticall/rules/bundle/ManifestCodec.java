package org.anticall.rules.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link Manifest} as one JSON object, and back. There is one way to write a manifest; bytes that differ from it in any
 * respect (white space, order, an unknown or a second key) are refused, so two readers cannot understand one signature
 * differently.
 */
final class ManifestCodec {

    static final int MAX_BYTES = 512 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxStringLength(1_000)
                    .maxNumberLength(19)
                    .build())
            .build());

    private ManifestCodec() {}

    static byte[] encode(Manifest manifest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("home", manifest.home());
            json.writeNumberField("revision", manifest.revision());
            json.writeNumberField("previous", manifest.previous());
            json.writeStringField("created", manifest.created().toString());
            json.writeStringField("expires", manifest.expires().toString());
            json.writeArrayFieldStart("parts");
            for (Manifest.Part part : manifest.parts()) {
                json.writeStartObject();
                json.writeStringField("name", part.name());
                json.writeNumberField("bytes", part.bytes());
                json.writeStringField("sha256", part.sha256());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not refuse bytes", impossible);
        }
        return out.toByteArray();
    }

    /** @throws DamagedBundleException if {@code bytes} are not exactly what {@link #encode} writes */
    static Manifest decode(byte[] bytes) throws DamagedBundleException {
        Manifest manifest;
        try {
            manifest = manifest(JSON.readTree(bytes));
        } catch (IOException | IllegalArgumentException | DateTimeException wrong) {
            throw new DamagedBundleException("the manifest is wrong: " + firstLine(wrong));
        }
        if (!Arrays.equals(encode(manifest), bytes)) {
            throw new DamagedBundleException("the manifest is not in its one form");
        }
        return manifest;
    }

    private static Manifest manifest(JsonNode root) {
        List<Manifest.Part> parts = new ArrayList<>();
        for (JsonNode part : field(root, "parts")) {
            parts.add(new Manifest.Part(text(part, "name"), number(part, "bytes"), text(part, "sha256")));
        }
        return new Manifest(
                text(root, "home"),
                number(root, "revision"),
                number(root, "previous"),
                Instant.parse(text(root, "created")),
                Instant.parse(text(root, "expires")),
                parts);
    }

    private static String text(JsonNode node, String name) {
        return field(node, name).asText();
    }

    private static long number(JsonNode node, String name) {
        return field(node, name).asLong(-1);
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode field = node.get(name);
        if (field == null) {
            throw new IllegalArgumentException("there is no '" + name + "'");
        }
        return field;
    }

    private static String firstLine(Exception wrong) {
        return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    }
}

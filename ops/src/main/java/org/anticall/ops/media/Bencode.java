package org.anticall.ops.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The encoding of the {@code ng} protocol: byte strings, whole numbers, lists and dictionaries. Strings are ISO 8859-1, so
 * that every byte survives. What is read is bounded by the datagram it comes in and by {@link #MOST_LEVELS}.
 */
final class Bencode {

    /** How deep lists and dictionaries may lie in each other. */
    static final int MOST_LEVELS = 16;

    private static final int LONGEST_NUMBER = 20;

    private final byte[] bytes;
    private int at;

    private Bencode(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    /** The bytes of a value made of String, Long, Integer, List and Map with String keys; other types are refused. */
    static byte[] encode(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        write(value, out);
        return out.toByteArray();
    }

    /**
     * Reads the one dictionary that fills {@code bytes} from {@code from} to the end.
     *
     * @throws RelayFailure with the offset, if something else stands there
     */
    static Map<String, Object> decode(byte[] bytes, int from) throws RelayFailure {
        Bencode reader = new Bencode(bytes, from);
        Object value = reader.value(0);
        if (reader.at != bytes.length || !(value instanceof Map)) {
            throw reader.unexpected("one dictionary and nothing behind it");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> dictionary = (Map<String, Object>) value;
        return dictionary;
    }

    private static void write(Object value, ByteArrayOutputStream out) {
        if (value instanceof String text) {
            byte[] content = text.getBytes(ISO_8859_1);
            out.writeBytes((content.length + ":").getBytes(ISO_8859_1));
            out.writeBytes(content);
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeBytes(("i" + value + "e").getBytes(ISO_8859_1));
        } else if (value instanceof List<?> list) {
            out.write('l');
            list.forEach(each -> write(each, out));
            out.write('e');
        } else if (value instanceof Map<?, ?> map) {
            out.write('d');
            map.forEach((key, each) -> {
                write(key, out);
                write(each, out);
            });
            out.write('e');
        } else {
            throw new IllegalArgumentException(
                    "a " + value.getClass().getName() + ", expected text, whole number, list or map");
        }
    }

    private Object value(int level) throws RelayFailure {
        if (level > MOST_LEVELS) {
            throw unexpected("at most " + MOST_LEVELS + " levels");
        }
        return switch (peek()) {
            case 'i' -> {
                at++;
                yield number('e');
            }
            case 'l' -> list(level);
            case 'd' -> dictionary(level);
            default -> text();
        };
    }

    private List<Object> list(int level) throws RelayFailure {
        List<Object> list = new ArrayList<>();
        at++;
        while (peek() != 'e') {
            list.add(value(level + 1));
        }
        at++;
        return list;
    }

    private Map<String, Object> dictionary(int level) throws RelayFailure {
        Map<String, Object> dictionary = new LinkedHashMap<>();
        at++;
        while (peek() != 'e') {
            dictionary.put(text(), value(level + 1));
        }
        at++;
        return dictionary;
    }

    private String text() throws RelayFailure {
        if (peek() < '0' || peek() > '9') {
            throw unexpected("i, l, d or the length of a text");
        }
        long length = number(':');
        if (length > bytes.length - at) {
            throw unexpected("a text of " + length + " bytes");
        }
        String text = new String(bytes, at, (int) length, ISO_8859_1);
        at += (int) length;
        return text;
    }

    private long number(char end) throws RelayFailure {
        int from = at;
        while (peek() != end) {
            at++;
            if (at - from > LONGEST_NUMBER) {
                throw unexpected("a number that ends with " + end);
            }
        }
        try {
            return Long.parseLong(new String(bytes, from, at++ - from, ISO_8859_1));
        } catch (NumberFormatException notOne) {
            at = from;
            throw unexpected("a whole number");
        }
    }

    private byte peek() throws RelayFailure {
        if (at >= bytes.length) {
            throw unexpected("more bytes");
        }
        return bytes[at];
    }

    private RelayFailure unexpected(String expected) {
        return new RelayFailure("the relay's answer is not understood at byte " + at + ", expected " + expected);
    }
}

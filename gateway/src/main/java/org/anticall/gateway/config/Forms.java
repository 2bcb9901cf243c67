package org.anticall.gateway.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anticall.rules.number.NumberingPlan;
import org.jspecify.annotations.Nullable;

/** The forms of values in a gateway's configuration. */
final class Forms {

    private static final int SIP_PORT = 5060;
    private static final int SIPS_PORT = 5061;
    private static final Pattern NAME_PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,31}");
    private static final Pattern QUANTITY_PATTERN = Pattern.compile("([0-9]{1,9}) ?([A-Za-z]{1,3})");

    private static final Pattern NAME_URI_PATTERN = Pattern.compile(
            "sips?:((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\\.)*[A-Za-z](?:[A-Za-z0-9-]{0,62})\\.?)(?::([0-9]{1,5}))?(?:;[a-z=]+)?");

    static final ValueForm<String> NAME = new ValueForm<>(
            "1 to 32 letters, digits, dots, dashes",
            text -> NAME_PATTERN.matcher(text).matches() ? text : null);

    static final ValueForm<String> HOME = new ValueForm<>(
            "a country with a numbering profile: " + String.join(", ", NumberingPlan.KNOWN),
            text -> NumberingPlan.KNOWN.contains(text) ? text : null);

    static final ValueForm<InetSocketAddress> ENDPOINT =
            new ValueForm<>("an IP address and port such as 127.0.0.1:9100", Addresses::endpoint);

    static final ValueForm<Peer> PEER = new ValueForm<>(
            "an IP address, address:port, or address/bits with no bit set behind the prefix", Peer::parse);

    static final ValueForm<Listen> LISTEN = new ValueForm<>(
            "a SIP URI with one of this machine's IP addresses, such as sip:192.0.2.1:5060;transport=udp",
            Forms::listen);

    static final ValueForm<Hop> HOP =
            new ValueForm<>("a SIP URI with an IP address or a name, such as sip:192.0.2.1:5080", Forms::hop);

    static final ValueForm<URI> HTTP = new ValueForm<>("an http or https address", Forms::http);

    static final ValueForm<Boolean> YES_NO = new ValueForm<>(
            "yes or no", text -> text.equals("yes") ? Boolean.TRUE : text.equals("no") ? Boolean.FALSE : null);

    private Forms() {}

    /** One of these constants, written in lower case with dashes. */
    static <E extends Enum<E>> ValueForm<E> oneOf(E[] constants) {
        List<String> words = Arrays.stream(constants).map(Forms::word).toList();
        return new ValueForm<>(either(words), text -> {
            int found = words.indexOf(text);
            return found < 0 ? null : constants[found];
        });
    }

    /** {@code a, b or c}. */
    private static String either(List<String> words) {
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A whole number from {@code min} to {@code max}, both below a million. */
    static ValueForm<Integer> number(int min, int max) {
        return new ValueForm<>("a whole number from " + min + " to " + max, text -> {
            int value = Addresses.number(text, max);
            return value < min ? null : value;
        });
    }

    /** A number with ms, s or min. */
    static ValueForm<Duration> duration(Duration min, Duration max) {
        String expected = "a time from " + min.toMillis() + "ms to " + max.toMillis() + "ms, such as 500ms or 4s";
        return new ValueForm<>(expected, text -> {
            Duration value = duration(text);
            return value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0 ? null : value;
        });
    }

    /** A number with KiB, MiB or GiB. */
    static ValueForm<Long> size(long minBytes, long maxBytes) {
        String expected = "a size from " + (minBytes >> 10) + "KiB to " + (maxBytes >> 10) + "KiB, such as 16MiB";
        return new ValueForm<>(expected, text -> {
            long value = bytes(text);
            return value < minBytes || value > maxBytes ? null : value;
        });
    }

    private static @Nullable Duration duration(String text) {
        Matcher quantity = QUANTITY_PATTERN.matcher(text);
        if (!quantity.matches()) {
            return null;
        }
        long value = Long.parseLong(quantity.group(1));
        return switch (quantity.group(2)) {
            case "ms" -> Duration.ofMillis(value);
            case "s" -> Duration.ofSeconds(value);
            case "min" -> Duration.ofMinutes(value);
            default -> null;
        };
    }

    private static long bytes(String text) {
        Matcher quantity = QUANTITY_PATTERN.matcher(text);
        if (!quantity.matches()) {
            return -1;
        }
        long value = Long.parseLong(quantity.group(1));
        return switch (quantity.group(2)) {
            case "KiB" -> value << 10;
            case "MiB" -> value << 20;
            case "GiB" -> value << 30;
            default -> -1;
        };
    }

    private static @Nullable Listen listen(String text) {
        Transport transport = transport(text);
        InetSocketAddress address = sipAddress(text);
        return transport == null || address == null ? null : new Listen(transport, address);
    }

    private static @Nullable Hop hop(String text) {
        Transport transport = transport(text);
        InetSocketAddress address = sipAddress(text);
        if (address == null) {
            address = sipName(text);
        }
        if (transport == null || address == null) {
            return null;
        }
        if (!address.isUnresolved()) {
            return address.getPort() == 0 ? null : new Hop(address, transport);
        }
        boolean anyTransport = address.getPort() == 0 && text.startsWith("sip:") && text.indexOf(';') < 0;
        return new Hop(address, transport, Hop.BY_PLACE, Hop.ORDINARY_WEIGHT, anyTransport);
    }

    /** The host name in the URI, unresolved, with port 0 where none is given; null if there is none. */
    private static @Nullable InetSocketAddress sipName(String uri) {
        Matcher name = NAME_URI_PATTERN.matcher(uri);
        if (!name.matches()) {
            return null;
        }
        int port = name.group(2) == null ? 0 : Addresses.number(name.group(2), 65_535);
        return port < 0 || (port == 0 && name.group(2) != null)
                ? null
                : InetSocketAddress.createUnresolved(name.group(1), port);
    }

    private static @Nullable Transport transport(String uri) {
        int parameters = uri.indexOf(';');
        if (uri.startsWith("sips:")) {
            return parameters < 0 || uri.substring(parameters).equals(";transport=tcp") ? Transport.TLS : null;
        }
        if (parameters < 0) {
            return Transport.UDP;
        }
        return switch (uri.substring(parameters)) {
            case ";transport=udp" -> Transport.UDP;
            case ";transport=tcp" -> Transport.TCP;
            case ";transport=tls" -> Transport.TLS;
            default -> null;
        };
    }

    /** The address in the URI; null without one, or if it is the wildcard, which nobody can be sent to. */
    private static @Nullable InetSocketAddress sipAddress(String uri) {
        int scheme = uri.indexOf(':') + 1;
        int parameters = uri.indexOf(';');
        String hostAndPort = uri.substring(scheme, parameters < 0 ? uri.length() : parameters);
        InetSocketAddress address =
                switch (uri.substring(0, scheme)) {
                    case "sip:" -> Addresses.endpoint(hostAndPort, SIP_PORT);
                    case "sips:" -> Addresses.endpoint(hostAndPort, SIPS_PORT);
                    default -> null;
                };
        return address == null || address.getAddress().isAnyLocalAddress() ? null : address;
    }

    private static @Nullable URI http(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null ? uri : null;
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
    }
}

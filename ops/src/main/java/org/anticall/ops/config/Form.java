package org.anticall.ops.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anticall.ops.people.Role;
import org.anticall.rules.number.NumberingPlan;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of value is written.
 *
 * @param expected what a right value looks like, for people
 * @param reader the value, or null if the text is not of this form
 */
record Form<T>(String expected, Function<String, @Nullable T> reader) {

    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern ENDPOINT = Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]]+)):([0-9]{1,5})");
    private static final Pattern SIP = Pattern.compile("sip:(.+?)(?:;transport=udp)?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m)");

    static final Form<String> TEXT = new Form<>("expected a text", text -> text);

    static final Form<String> PHONE_USER = new Form<>(
            "expected letters, digits, '.', '_' or '-' such as 101",
            text -> text.matches("[A-Za-z0-9._-]{1,32}") ? text : null);

    static final Form<String> ACCOUNT = new Form<>(
            "expected the name of an account such as a.serik",
            text -> text.matches("[a-z0-9][a-z0-9._-]{0,63}") ? text : null);

    static final Form<String> JDBC = new Form<>(
            "expected a JDBC URL of H2 or PostgreSQL such as jdbc:postgresql://10.0.0.7/anticall",
            text -> text.startsWith("jdbc:h2:") || text.startsWith("jdbc:postgresql:") ? text : null);

    static final Form<URI> ISSUER = address("https://id.example.kz/realms/anticall");

    static final Form<URI> REDIRECT = address("https://centre.example.kz/api/oidc/callback");

    static final Form<String> HOME = new Form<>(
            "expected one of " + String.join(", ", NumberingPlan.KNOWN),
            text -> NumberingPlan.KNOWN.contains(text) ? text : null);

    static final Form<Role> ROLE = new Form<>(
            "expected one of " + Stream.of(Role.values()).map(Role::text).collect(Collectors.joining(", ")),
            text -> Role.of(text).orElse(null));

    static final Form<InetSocketAddress> ENDPOINT_FORM =
            new Form<>("expected an IP address and a port such as 127.0.0.1:8080", Form::endpoint);

    static final Form<Boolean> YES_OR_NO =
            new Form<>("expected true or false", text -> text.matches("true|false") ? Boolean.valueOf(text) : null);

    static final Form<String> REALM = new Form<>(
            "expected a name without quotes such as anticall", text -> text.matches("[^\"\\\\]+") ? text : null);

    static final Form<InetSocketAddress> SIP_LISTEN =
            new Form<>("expected a SIP address over UDP such as sip:127.0.0.1:5090;transport=udp", Form::sipListen);

    static final Form<AddressBlock> BLOCK =
            new Form<>("expected an IP address or a block of them such as 192.0.2.0/24", Form::block);

    /** Blocks known to be well written. */
    static List<AddressBlock> blocks(String... texts) {
        return Stream.of(texts)
                .map(text -> Objects.requireNonNull(BLOCK.reader().apply(text), text))
                .toList();
    }

    static Form<Duration> duration(Duration least, Duration most) {
        return new Form<>(
                "expected a time from " + least.toSeconds() + " s to " + most.toSeconds() + " s such as 15s", text -> {
                    Duration value = duration(text);
                    return value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0 ? null : value;
                });
    }

    static final Form<LocalDate> DAY = new Form<>("expected a day such as 2026-12-16", text -> {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADay) {
            return null;
        }
    });

    /** A whole number of hours or days, ends included. */
    static Form<Duration> hours(int least, int most) {
        return new Form<>("expected hours or days from " + least + "h to " + most + "h such as 24h or 7d", text -> {
            int count = text.matches("[0-9]{1,5}[hd]") ? Integer.parseInt(text.substring(0, text.length() - 1)) : -1;
            long value = text.endsWith("d") ? 24L * count : count;
            return value < least || value > most ? null : Duration.ofHours(value);
        });
    }

    /** A whole number, ends included. */
    static Form<Integer> count(int least, int most) {
        return new Form<>("expected a whole number from " + least + " to " + most, text -> {
            int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
            return value < least || value > most ? null : value;
        });
    }

    /** A whole number of days, ends included. */
    static Form<Duration> days(int least, int most) {
        return new Form<>("expected days from " + least + "d to " + most + "d such as 30d", text -> {
            int value = text.matches("[0-9]{1,5}d") ? Integer.parseInt(text.substring(0, text.length() - 1)) : -1;
            return value < least || value > most ? null : Duration.ofDays(value);
        });
    }

    private static Form<URI> address(String example) {
        return new Form<>(
                "expected an https address such as " + example + " (http only on this machine)",
                text -> text.matches(
                                "https://[^\\s?#]+|http://(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]+)?(/[^\\s?#]*)?")
                        ? URI.create(text)
                        : null);
    }

    private static @Nullable Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMinutes(count);
        };
    }

    private static @Nullable InetSocketAddress endpoint(String text) {
        Matcher matcher = ENDPOINT.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        InetAddress address = literal(host);
        int port = Integer.parseInt(matcher.group(3));
        return address == null || port > 65535 ? null : new InetSocketAddress(address, port);
    }

    private static @Nullable InetSocketAddress sipListen(String text) {
        Matcher matcher = SIP.matcher(text);
        return matcher.matches() ? endpoint(matcher.group(1)) : null;
    }

    private static @Nullable AddressBlock block(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int most = address.getAddress().length * 8;
        String bits = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
        return bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= most
                ? new AddressBlock(address, Integer.parseInt(bits))
                : null;
    }

    /** An address written as digits; names are never looked up. */
    private static @Nullable InetAddress literal(String text) {
        try {
            return LITERAL.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }
}

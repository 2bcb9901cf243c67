package org.anticall.ops.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.anticall.ops.desk.Staffing;
import org.anticall.ops.oidc.OidcSettings;
import org.anticall.ops.people.Role;
import org.anticall.ops.store.Retention;
import org.jspecify.annotations.Nullable;

/**
 * The centre's configuration, validated.
 *
 * @param http address and port of console, REST and {@code /records}; port 0 for any free one
 * @param state directory for the embedded database; made if it is not there
 * @param database another database, null for the embedded one in {@code state}
 * @param recordsToken what gateways show as bearer token when they deliver records
 * @param people who has to prove what
 * @param authority whose rules are published
 * @param desk the SIP side, null for a centre that only takes records
 * @param exposure what else listens
 */
public record OpsConfig(
        InetSocketAddress http,
        Path state,
        @Nullable DatabaseAddress database,
        Secret recordsToken,
        People people,
        Authority authority,
        @Nullable Desk desk,
        Exposure exposure) {

    /** A centre that listens for nothing but console, gateways and phones. */
    public OpsConfig(
            InetSocketAddress http,
            Path state,
            @Nullable DatabaseAddress database,
            Secret recordsToken,
            People people,
            Authority authority,
            @Nullable Desk desk) {
        this(http, state, database, recordsToken, people, authority, desk, Exposure.PLAIN);
    }

    /**
     * What listens besides.
     *
     * @param admin address of {@code /metrics}, {@code /healthz} and {@code /readyz}, null for none
     * @param tls what the console shows over HTTPS, null for plain HTTP behind a proxy or on loopback
     * @param gateways where gateways come by mutual TLS, null if they come to {@code http} with a token only
     */
    public record Exposure(
            @Nullable InetSocketAddress admin, @Nullable ConsoleTls tls, @Nullable GatewayListen gateways) {
        /** Nothing. */
        public static final Exposure PLAIN = new Exposure(null, null, null);
    }

    /**
     * HTTPS of the console: either files, or a certificate of the centre's own authority.
     *
     * @param certificate PEM, with those between it and its root; null for a generated one
     * @param key PEM, PKCS #8; null exactly if {@code certificate} is
     * @param names what browsers know a generated one by; empty exactly if there are files
     */
    public record ConsoleTls(@Nullable Path certificate, @Nullable Path key, List<String> names) {
        public ConsoleTls {
            names = List.copyOf(names);
        }
    }

    /**
     * The gateways' door.
     *
     * @param listen address and port
     * @param names host names and addresses gateways know the centre by; not empty
     */
    public record GatewayListen(InetSocketAddress listen, List<String> names) {
        public GatewayListen {
            names = List.copyOf(names);
        }
    }

    /**
     * Whose rules are published.
     *
     * @param home ISO 3166-1 alpha-2 code of the country
     * @param policy rule file that holds besides all orders, null for the reference policy of the country
     * @param holidays days on which the clocks of appeals stand still, besides weekends
     * @param keeping how long things are kept and where copies of them go
     */
    public record Authority(String home, @Nullable Path policy, Set<LocalDate> holidays, Keeping keeping) {
        public Authority {
            holidays = Set.copyOf(holidays);
        }
    }

    /**
     * How long things are kept and where copies of them go.
     *
     * @param backups null if nobody wants the centre to make any by itself
     */
    public record Keeping(Retention.Terms retention, @Nullable Backups backups) {
        /** The usual terms, without backups. */
        public static final Keeping USUAL = new Keeping(Retention.Terms.USUAL, null);
    }

    /**
     * Backups that the centre makes by itself.
     *
     * @param directory where they go; made if it is not there
     * @param every time between two of them, 1 h to 31 d
     * @param most how many are kept, 1 to 1,000; the oldest go
     */
    public record Backups(Path directory, Duration every, int most) {}

    /**
     * A database of its own.
     *
     * @param url JDBC URL of H2 or PostgreSQL
     * @param user null if the URL names the user
     * @param password null if the URL has it or there is none
     */
    public record DatabaseAddress(String url, @Nullable String user, @Nullable Secret password) {}

    /**
     * Who has to prove what.
     *
     * @param secondFactorFor roles that cannot do anything before they have set up a second factor
     * @param oidc provider where people may sign in besides, null if nowhere
     */
    public record People(Set<Role> secondFactorFor, @Nullable OidcSettings oidc) {
        public People {
            secondFactorFor = Set.copyOf(secondFactorFor);
        }
    }

    /**
     * The desk's SIP side.
     *
     * @param listen UDP address where it hears gateways and phones, port 0 for any free one
     * @param gateways who may offer diverted calls; not empty
     * @param realm realm of the phones' digest authentication
     * @param phonesFrom where phones may register from; not empty
     * @param answerWithin how long one call may wait for an operator before the desk declines it, 1 s to 120 s
     * @param wrapUp how long a seat rests after a call, 0 s to 600 s
     * @param releaseOnDecline whether a phone's decline key (603) releases the call to the callee, for seats without a
     *     console; else declining only passes the call to the next seat
     * @param media the relays of the calls' sound, null where it goes straight between carrier and phone
     * @param bypassKey the very file gateways have as {@code desk-calls.bypass-key}, null where the desk may place no calls
     * @param phones the seats' phones; user names are unique
     * @param releaseKey the phones' key that lets an answered call go on to its callee, empty if none does
     * @param staffing which calls want which operators
     */
    public record Desk(
            InetSocketAddress listen,
            List<AddressBlock> gateways,
            List<AddressBlock> phonesFrom,
            String realm,
            Duration answerWithin,
            Duration wrapUp,
            boolean releaseOnDecline,
            @Nullable Media media,
            @Nullable Path bypassKey,
            List<Phone> phones,
            String releaseKey,
            Staffing staffing) {

        /** Where every seat takes every call and no key of a phone lets an answered one go on. */
        public Desk(
                InetSocketAddress listen,
                List<AddressBlock> gateways,
                List<AddressBlock> phonesFrom,
                String realm,
                Duration answerWithin,
                Duration wrapUp,
                boolean releaseOnDecline,
                @Nullable Media media,
                @Nullable Path bypassKey,
                List<Phone> phones) {
            this(
                    listen,
                    gateways,
                    phonesFrom,
                    realm,
                    answerWithin,
                    wrapUp,
                    releaseOnDecline,
                    media,
                    bypassKey,
                    phones,
                    "",
                    Staffing.ANY);
        }

        public Desk {
            phonesFrom = List.copyOf(phonesFrom);
            gateways = List.copyOf(gateways);
            phones = List.copyOf(phones);
        }
    }

    /**
     * The media relays of the desk.
     *
     * @param relays {@code ng} addresses of rtpengine; not empty
     * @param directWithoutRelay whether sound goes straight while no relay is up; else callers go down their ladder
     * @param spool what the relays have as {@code recording-dir}; null where nothing is recorded
     * @param recordingKey file with the 32 bytes that recordings are sealed with; null where nothing is recorded
     * @param announcements what callers hear whose calls nobody took, where a rule wants it: WAV files as the relays find
     *     them, in the order they are heard
     * @param keys what the relays have as {@code dtmf-log-dest}: where they tell the keys of phones (RFC 4733); null where
     *     they do not
     */
    public record Media(
            List<InetSocketAddress> relays,
            boolean directWithoutRelay,
            @Nullable Path spool,
            @Nullable Path recordingKey,
            List<Path> announcements,
            @Nullable InetSocketAddress keys) {

        /** Relays whose calls are not recorded. */
        public Media(List<InetSocketAddress> relays, boolean directWithoutRelay) {
            this(relays, directWithoutRelay, null, null);
        }

        /** Relays that play nothing and tell no keys. */
        public Media(
                List<InetSocketAddress> relays,
                boolean directWithoutRelay,
                @Nullable Path spool,
                @Nullable Path recordingKey) {
            this(relays, directWithoutRelay, spool, recordingKey, List.of(), null);
        }

        public Media {
            announcements = List.copyOf(announcements);
            relays = List.copyOf(relays);
        }
    }

    /**
     * One seat's phone.
     *
     * @param user user name and seat number, {@code [A-Za-z0-9._-]}
     * @param password for its digest authentication
     * @param account of the person who sits there, to whom its calls belong; null where nobody in particular does
     */
    public record Phone(String user, Secret password, @Nullable String account) {
        /** A phone where nobody in particular sits. */
        public Phone(String user, Secret password) {
            this(user, password, null);
        }
    }
}

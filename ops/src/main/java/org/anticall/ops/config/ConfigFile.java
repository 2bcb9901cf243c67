package org.anticall.ops.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.ops.config.OpsConfig.Authority;
import org.anticall.ops.config.OpsConfig.Backups;
import org.anticall.ops.config.OpsConfig.ConsoleTls;
import org.anticall.ops.config.OpsConfig.DatabaseAddress;
import org.anticall.ops.config.OpsConfig.Desk;
import org.anticall.ops.config.OpsConfig.Exposure;
import org.anticall.ops.config.OpsConfig.GatewayListen;
import org.anticall.ops.config.OpsConfig.Keeping;
import org.anticall.ops.config.OpsConfig.Media;
import org.anticall.ops.config.OpsConfig.People;
import org.anticall.ops.config.OpsConfig.Phone;
import org.anticall.ops.desk.Staffing;
import org.anticall.ops.oidc.OidcSettings;
import org.anticall.ops.people.Role;
import org.anticall.ops.store.Retention;
import org.jspecify.annotations.Nullable;

/**
 * Reads the centre's configuration. A value may be overridden by an environment variable: {@code desk.answer-within} by
 * {@code ANTICALL_DESK_ANSWER_WITHIN}. Relative paths begin beside the file.
 */
public final class ConfigFile {

    private static final Form<Duration> ANSWER_WITHIN = Form.duration(Duration.ofSeconds(1), Duration.ofSeconds(120));
    private static final Form<Duration> WRAP_UP = Form.duration(Duration.ZERO, Duration.ofMinutes(10));

    private static final Form<Duration> RETENTION = Form.days(1, 3_660);

    private static final Form<Duration> BACKUP_EVERY = Form.hours(1, 744);
    private static final Form<Integer> BACKUPS_KEPT = Form.count(1, 1_000);

    /** Phones show a password; where they stand is for the carrier's firewall unless the file says more. */
    private static final List<AddressBlock> ANYWHERE = Form.blocks("0.0.0.0/0", "::/0");

    private static final Form<String> RELEASE_KEY = new Form<>(
            "expected a key of a phone, a digit, * or #, or none", text -> text.matches("[0-9*#]|none") ? text : null);

    private static final Form<String> WITHOUT_RELAY =
            new Form<>("expected ladder or direct", text -> text.matches("ladder|direct") ? text : null);

    /** Whose mistake or malice reaches every call of the country. */
    private static final Set<Role> WITH_SECOND_FACTOR = Set.of(Role.PROSECUTOR, Role.APPROVER, Role.CARRIER_ADMIN);

    private ConfigFile() {}

    /**
     * @param environment variables that override values
     * @throws InvalidConfig with every problem, if there is one; a file that cannot be read is one too
     */
    public static OpsConfig read(Path file, Map<String, String> environment) throws InvalidConfig {
        List<ConfigProblem> problems = new ArrayList<>();
        Path directory = file.toAbsolutePath().getParent();
        OpsConfig config = null;
        try {
            YamlNode tree = YamlNode.parse(Files.readString(file), problems);
            Section.Source source =
                    new Section.Source(directory == null ? Path.of("") : directory, environment, problems);
            config = config(Section.of("", tree, source));
        } catch (JsonProcessingException notYaml) {
            JsonLocation at = notYaml.getLocation();
            String what = notYaml.getOriginalMessage().lines().findFirst().orElse("");
            problems.add(new ConfigProblem("", at == null ? 0 : at.getLineNr(), "", "this is not YAML: " + what));
        } catch (IOException unreadable) {
            problems.add(new ConfigProblem("", 0, "", "expected a file that can be read"));
        }
        if (config == null || !problems.isEmpty()) {
            throw new InvalidConfig(file, problems);
        }
        return config;
    }

    /** The configuration, null if something in it is wrong: then the problems tell. */
    private static @Nullable OpsConfig config(Section top) {
        var http = top.required("http", Form.ENDPOINT_FORM);
        Path state = top.path("state");
        DatabaseAddress database = database(top);
        Section records = top.section("records");
        Secret token = null;
        if (records != null) {
            token = records.secretFile("token-file");
            records.end();
        }
        People people = people(top);
        Authority authority = authority(top);
        Desk desk = null;
        if (top.has("desk")) {
            Section section = top.section("desk");
            desk = section == null ? null : desk(section);
        }
        Exposure exposure = exposure(top);
        top.end();
        return http == null || state == null || token == null
                ? null
                : new OpsConfig(http, state, database, token, people, authority, desk, exposure);
    }

    private static @Nullable DatabaseAddress database(Section top) {
        String url = top.optional("database", Form.JDBC);
        String user = top.optional("database-user", Form.TEXT);
        Secret password = top.has("database-password-file") ? top.secretFile("database-password-file") : null;
        return url == null ? null : new DatabaseAddress(url, user, password);
    }

    private static Exposure exposure(Section top) {
        Section tls = top.has("tls") ? top.section("tls") : null;
        Section gateways = top.has("gateways") ? top.section("gateways") : null;
        return new Exposure(
                top.optional("admin", Form.ENDPOINT_FORM),
                tls == null ? null : consoleTls(tls),
                gateways == null ? null : gatewayListen(gateways));
    }

    private static ConsoleTls consoleTls(Section section) {
        boolean inFiles = section.has("certificate") || section.has("key");
        Path certificate = inFiles ? section.path("certificate") : null;
        Path key = inFiles ? section.path("key") : null;
        List<String> names = section.has("generated-for") ? section.list("generated-for", Form.TEXT) : List.of();
        if (inFiles == !names.isEmpty()) {
            section.problem("generated-for", "", "expected either certificate and key, or generated-for: [NAME]");
        }
        section.end();
        return new ConsoleTls(certificate, key, names);
    }

    private static @Nullable GatewayListen gatewayListen(Section section) {
        InetSocketAddress listen = section.required("listen", Form.ENDPOINT_FORM);
        List<String> names = section.list("names", Form.TEXT);
        if (names.isEmpty()) {
            section.problem("names", "", "expected the names and addresses gateways know the centre by");
        }
        section.end();
        return listen == null || names.isEmpty() ? null : new GatewayListen(listen, names);
    }

    private static Authority authority(Section top) {
        Keeping keeping = new Keeping(retention(top), top.has("backup") ? backups(top.section("backup")) : null);
        Section section = top.has("authority") ? top.section("authority") : null;
        if (section == null) {
            return new Authority("KZ", null, Set.of(), keeping);
        }
        String home = section.or("home", Form.HOME, "KZ");
        Path policy = section.has("policy") ? section.path("policy") : null;
        Set<LocalDate> holidays =
                section.has("holidays") ? new HashSet<>(section.list("holidays", Form.DAY)) : Set.of();
        section.end();
        return new Authority(home, policy, holidays, keeping);
    }

    private static Retention.Terms retention(Section top) {
        Retention.Terms usual = Retention.Terms.USUAL;
        Section section = top.has("retention") ? top.section("retention") : null;
        if (section == null) {
            return usual;
        }
        Retention.Terms terms = new Retention.Terms(
                section.or("passes", RETENTION, usual.passes()),
                section.or("records", RETENTION, usual.records()),
                section.or("recordings", RETENTION, usual.recordings()),
                section.or("audit", RETENTION, usual.audit()));
        section.end();
        return terms;
    }

    private static @Nullable Backups backups(@Nullable Section section) {
        if (section == null) {
            return null;
        }
        Path directory = section.path("directory");
        Duration every = section.or("every", BACKUP_EVERY, Duration.ofDays(1));
        int most = section.or("keep", BACKUPS_KEPT, 14);
        section.end();
        return directory == null ? null : new Backups(directory, every, most);
    }

    private static People people(Section top) {
        Section section = top.has("people") ? top.section("people") : null;
        if (section == null) {
            return new People(WITH_SECOND_FACTOR, null);
        }
        Set<Role> roles = section.has("second-factor-for")
                ? Set.copyOf(section.list("second-factor-for", Form.ROLE))
                : WITH_SECOND_FACTOR;
        Section provider = section.has("oidc") ? section.section("oidc") : null;
        OidcSettings oidc = provider == null ? null : oidc(provider);
        section.end();
        return new People(roles, oidc);
    }

    private static @Nullable OidcSettings oidc(Section section) {
        URI issuer = section.required("issuer", Form.ISSUER);
        String clientId = section.required("client-id", Form.TEXT);
        Secret secret = section.secretFile("client-secret-file");
        URI redirect = section.required("redirect", Form.REDIRECT);
        String claim = section.or("claim", Form.TEXT, "preferred_username");
        section.end();
        return issuer == null || clientId == null || secret == null || redirect == null
                ? null
                : new OidcSettings(issuer, clientId, secret, redirect, claim);
    }

    private static @Nullable Desk desk(Section section) {
        var listen = section.required("listen", Form.SIP_LISTEN);
        List<AddressBlock> gateways = section.list("gateways", Form.BLOCK);
        String realm = section.or("realm", Form.REALM, "anticall");
        Duration answerWithin = section.or("answer-within", ANSWER_WITHIN, Duration.ofSeconds(15));
        Duration wrapUp = section.or("wrap-up", WRAP_UP, Duration.ofSeconds(3));
        boolean releaseOnDecline = section.or("release-on-decline", Form.YES_OR_NO, true);
        List<AddressBlock> phonesFrom = section.has("phones-from") ? section.list("phones-from", Form.BLOCK) : ANYWHERE;
        Section mediaSection = section.has("media") ? section.section("media") : null;
        Media media = mediaSection == null ? null : media(mediaSection);
        Path bypassKey = section.has("bypass-key-file") ? section.path("bypass-key-file") : null;
        String releaseKey = section.or("release-key", RELEASE_KEY, "*");
        Staffing staffing = StaffingReading.read(section, ANSWER_WITHIN);
        List<Phone> phones = new ArrayList<>();
        Set<String> users = new HashSet<>();
        for (Section each : section.sections("phones")) {
            Phone phone = phone(each);
            if (phone != null && !users.add(phone.user())) {
                each.problem("user", phone.user(), "expected a user no other phone has");
            } else if (phone != null) {
                phones.add(phone);
            }
        }
        section.end();
        return listen == null
                ? null
                : new Desk(
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
                        releaseKey.equals("none") ? "" : releaseKey,
                        staffing);
    }

    private static Media media(Section section) {
        List<InetSocketAddress> relays = section.list("relays", Form.ENDPOINT_FORM);
        if (relays.isEmpty()) {
            section.problem("relays", "", "expected at least one address such as 127.0.0.1:22222");
        }
        boolean direct = "direct".equals(section.or("without-relay", WITHOUT_RELAY, "ladder"));
        Path spool = section.has("recording-spool") ? section.path("recording-spool") : null;
        Path key = section.has("recording-key-file") ? section.path("recording-key-file") : null;
        if ((spool == null) != (key == null)) {
            section.problem("recording-key-file", "", "expected recording-spool and recording-key-file, or neither");
        }
        List<Path> announcements =
                section.has("announcements") ? section.list("announcements", section.pathForm()) : List.of();
        InetSocketAddress keys = section.has("phone-keys") ? section.required("phone-keys", Form.ENDPOINT_FORM) : null;
        section.end();
        return new Media(relays, direct, spool, key, announcements, keys);
    }

    private static @Nullable Phone phone(Section section) {
        String user = section.required("user", Form.PHONE_USER);
        boolean inFile = section.has("password-file");
        boolean inPlace = section.has("password");
        Secret password = null;
        if (inFile == inPlace) {
            section.problem("password", "", "expected either password or password-file");
        } else if (inFile) {
            password = section.secretFile("password-file");
        } else {
            String text = section.required("password", Form.TEXT);
            password = text == null ? null : new Secret(text);
        }
        String account = section.has("account") ? section.required("account", Form.ACCOUNT) : null;
        section.end();
        return user == null || password == null ? null : new Phone(user, password, account);
    }
}

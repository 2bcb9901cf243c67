package org.anticall.gateway.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.TrunkTerms;
import org.anticall.rules.number.CallingCodes;
import org.jspecify.annotations.Nullable;

/** Reads the trunks of a configuration, each on its own and then against each other. */
final class TrunkReading {

    private static final int MOST_CALLS_PER_SECOND = 100_000;
    private static final int MOST_CALLS = 999_999;
    private static final String ANY_COUNTRY = "*";

    private static final ValueForm<TrunkClass> TRUNK_CLASS = Forms.oneOf(TrunkClass.values());
    private static final ValueForm<Trunk.OnOverload> ON_OVERLOAD = Forms.oneOf(Trunk.OnOverload.values());
    private static final ValueForm<Word> WORD = Forms.oneOf(Word.values());
    private static final ValueForm<String> ORIGIN = new ValueForm<>(
            "a country such as TR, or * for any",
            text -> text.equals(ANY_COUNTRY) || CallingCodes.of(text) != 0 ? text : null);

    private final Section root;
    private final Set<String> groups;
    private final Map<String, String> names = new HashMap<>();
    private final Map<Peer, String> owners = new HashMap<>();

    /** What a trunk may say of a call, see {@link Trust}. */
    private enum Word {
        ASSERTED,
        REMOTE_PARTY,
        PREFERRED,
        FORWARDING,
        PRIVACY
    }

    /**
     * @param groups names of the hop groups
     */
    TrunkReading(Section root, Set<String> groups) {
        this.root = root;
        this.groups = groups;
    }

    List<Trunk> trunks() {
        List<Trunk> trunks = new ArrayList<>();
        for (Section section : root.sections("trunks", "at least one trunk with name, class, peers, route")) {
            Trunk trunk = trunk(section);
            section.close();
            if (trunk != null) {
                checkAlone(section, trunk);
                trunks.add(trunk);
            }
        }
        return trunks;
    }

    private @Nullable Trunk trunk(Section section) {
        String name = section.required("name", Forms.NAME);
        TrunkClass trunkClass = section.required("class", TRUNK_CLASS);
        List<Peer> peers = section.list("peers", Forms.PEER);
        String route = section.required(
                "route",
                new ValueForm<>(
                        "one of the groups under hops: " + String.join(", ", groups),
                        text -> groups.contains(text) ? text : null));
        Trunk.OnOverload onOverload = section.optional("on-overload", ON_OVERLOAD, Trunk.OnOverload.PASS);
        Contract contract = new Contract(trust(section), terms(section));
        TrunkLimits limits = limits(section, onOverload);
        Manners manners = MannersReading.manners(section);
        return name == null || trunkClass == null || route == null
                ? null
                : new Trunk(name, trunkClass, peers, route, onOverload, contract, limits, manners);
    }

    private static Trust trust(Section section) {
        List<Word> words = section.optionalList("believe", WORD);
        return words == null
                ? Trust.DEFAULT
                : new Trust(
                        words.contains(Word.ASSERTED),
                        words.contains(Word.REMOTE_PARTY),
                        words.contains(Word.PREFERRED),
                        words.contains(Word.FORWARDING),
                        words.contains(Word.PRIVACY));
    }

    private static TrunkTerms terms(Section section) {
        boolean trombone = section.optional("trombone", Forms.YES_NO, Boolean.FALSE);
        List<String> origins = section.optionalList("origins", ORIGIN);
        if (origins == null || origins.contains(ANY_COUNTRY)) {
            return new TrunkTerms(CountryCodeSet.EMPTY, true, trombone);
        }
        if (section.isEmptyList("origins")) {
            section.problem("origins", "", "expected at least one country, or * for any");
        }
        List<Integer> codes = origins.stream().map(CallingCodes::of).toList();
        return new TrunkTerms(CountryCodeSet.of(codes), false, trombone);
    }

    private static TrunkLimits limits(Section trunk, Trunk.OnOverload onOverload) {
        Section section = trunk.section("limits");
        if (section == null) {
            return new TrunkLimits(0, 0, onOverload);
        }
        TrunkLimits limits = new TrunkLimits(
                section.optional("calls-per-second", Forms.number(0, MOST_CALLS_PER_SECOND), 0),
                section.optional("calls", Forms.number(0, MOST_CALLS), 0),
                section.optional("beyond", ON_OVERLOAD, onOverload));
        section.close();
        return limits;
    }

    private void checkAlone(Section section, Trunk trunk) {
        if (names.put(trunk.name(), trunk.name()) != null) {
            section.problem("name", trunk.name(), "another trunk has this name");
        }
        for (Peer peer : trunk.peers()) {
            String owner = owners.put(peer, trunk.name());
            if (owner != null) {
                section.problem("peers", "", "trunk " + owner + " has the same peer; expected each peer once");
            }
        }
    }
}

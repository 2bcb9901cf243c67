package org.anticall.ops.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.anticall.ops.evidence.Disposition.Fraud;

/**
 * Confirmed frauds that come from one place, as operators found them: the same guise, and a number block or a way of building
 * INVITEs in common, directly or through other calls. In whose name the callers spoke is told and joins nothing: every
 * call-centre uses the same few names.
 *
 * @param tag names it for people, {@code bank-+44207946}: its guise and the block of its first call; lasts while that call counts
 * @param organisations in whose names the callers spoke
 * @param blocks numbers of the callers without the last four digits
 * @param fingerprints how their INVITEs are built, sixteen hexadecimal digits each
 * @param callers how many numbers
 * @param saved damage prevented, whole units of the home currency
 */
public record Campaign(
        String tag,
        Fraud fraud,
        Set<String> organisations,
        Set<String> blocks,
        Set<String> fingerprints,
        long calls,
        long callers,
        Instant first,
        Instant last,
        long saved) {

    private static final int LAST_DIGITS = 4;
    private static final int LEAST_NUMBER = 8;

    public Campaign {
        organisations = Set.copyOf(organisations);
        blocks = Set.copyOf(blocks);
        fingerprints = Set.copyOf(fingerprints);
    }

    /**
     * One call that was found to be fraud.
     *
     * @param fingerprint of its record, 0 if it has none
     */
    public record Lead(Disposition found, long fingerprint) {}

    /** Those of two calls or more, the latest first. */
    public static List<Campaign> among(List<Lead> leads) {
        List<Group> groups = new ArrayList<>();
        leads.stream().sorted(Comparator.comparing(lead -> lead.found().at())).forEach(lead -> {
            Group own = new Group(lead);
            groups.removeIf(each -> each.belongsTo(own) && own.take(each));
            groups.add(own);
        });
        return groups.stream()
                .filter(group -> group.leads.size() > 1)
                .map(Group::campaign)
                .sorted(Comparator.comparing(Campaign::last).reversed())
                .toList();
    }

    /** Whether a call of this number would belong to it by its block. */
    public boolean reaches(String caller) {
        return blocks.contains(blockOf(caller));
    }

    /** The number without its last four digits; empty for what is no number. */
    static String blockOf(String caller) {
        boolean number = caller.matches("\\+?[0-9]+") && caller.length() >= LEAST_NUMBER;
        return number ? caller.substring(0, caller.length() - LAST_DIGITS) : "";
    }

    /** Leads that belong together so far. */
    private static final class Group {

        private final Fraud fraud;
        private final List<Lead> leads = new ArrayList<>();
        private final Set<String> blocks = new HashSet<>();
        private final Set<Long> fingerprints = new HashSet<>();

        Group(Lead lead) {
            fraud = lead.found().fraud();
            leads.add(lead);
            String block = blockOf(lead.found().caller());
            if (!block.isEmpty()) {
                blocks.add(block);
            }
            if (lead.fingerprint() != 0) {
                fingerprints.add(lead.fingerprint());
            }
        }

        boolean belongsTo(Group other) {
            return fraud == other.fraud
                    && (blocks.stream().anyMatch(other.blocks::contains)
                            || fingerprints.stream().anyMatch(other.fingerprints::contains));
        }

        boolean take(Group earlier) {
            leads.addAll(earlier.leads);
            blocks.addAll(earlier.blocks);
            fingerprints.addAll(earlier.fingerprints);
            return true;
        }

        Campaign campaign() {
            leads.sort(Comparator.comparing(lead -> lead.found().at()));
            Disposition first = leads.get(0).found();
            Set<String> organisations = new TreeSet<>();
            Set<String> callers = new HashSet<>();
            Set<String> built = new TreeSet<>();
            long saved = 0;
            for (Lead lead : leads) {
                Disposition found = lead.found();
                callers.add(found.caller());
                saved += found.saved();
                if (!found.organisation().isEmpty()) {
                    organisations.add(found.organisation());
                }
            }
            fingerprints.forEach(each -> built.add(String.format(Locale.ROOT, "%016x", each)));
            return new Campaign(
                    fraud.name().toLowerCase(Locale.ROOT) + "-" + blockOf(first.caller()),
                    fraud,
                    organisations,
                    blocks,
                    built,
                    leads.size(),
                    callers.size(),
                    first.at(),
                    leads.get(leads.size() - 1).found().at(),
                    saved);
        }
    }
}

package org.anticall.rules.call;

import org.anticall.rules.number.PartyNumber;

/**
 * Everything a verdict may depend on, read once from the INVITE and its surroundings. Numbers are packed as in
 * {@link PartyNumber}. Written with a {@link Builder}.
 *
 * @param atEpochMillis when the call arrived, milliseconds since 1970-01-01T00:00Z
 * @param trunk name of the trunk it arrived on
 * @param trunkClass class of that trunk
 * @param terms what is agreed with the carrier behind that trunk
 * @param asserted network number: P-Asserted-Identity, {@code tel} before {@code sip} (RFC 3325)
 * @param secondAsserted the number of a further P-Asserted-Identity, absent if there is none
 * @param remoteParty the number of Remote-Party-ID, absent if there is none
 * @param presented presentation number: From
 * @param callee the called party: user part of the Request-URI
 * @param redirecting who forwarded the call last: History-Info (RFC 7044), else Diversion (RFC 5806)
 * @param privacy what Privacy headers ask for
 * @param verstat what a verstat parameter claims, as received
 * @param attestation what an Identity header claims, as received
 * @param passport what the Identity headers are found to be
 * @param fingerprint hash of how the INVITE is built, 0 if it was not taken
 * @param userAgent what kind of program it names
 * @param marks bits of {@link Mark}
 * @param returning whether the home network itself sent a call of this caller abroad within the last 120 s
 * @param callerRoaming roaming state of {@link #caller()}
 * @param redirectingRoaming roaming state of {@code redirecting}
 * @param readings what the counters said
 */
public record CallFacts(
        long atEpochMillis,
        String trunk,
        TrunkClass trunkClass,
        TrunkTerms terms,
        long asserted,
        long secondAsserted,
        long remoteParty,
        long presented,
        long callee,
        long redirecting,
        Privacy privacy,
        Verstat verstat,
        Attestation attestation,
        Passport passport,
        long fingerprint,
        UserAgentFamily userAgent,
        int marks,
        boolean returning,
        RoamingAnswer callerRoaming,
        RoamingAnswer redirectingRoaming,
        Readings readings) {

    /** The number that structure rules look at: the network number if one is asserted, else the presented one. */
    public long caller() {
        return PartyNumber.isPresent(asserted) ? asserted : presented;
    }

    /** Whether a Privacy header asks to withhold the caller's identity. */
    public boolean privacyRequested() {
        return privacy.withholdsIdentity();
    }

    public boolean has(Mark mark) {
        return mark.isIn(marks);
    }

    public CallFacts withCallerRoaming(RoamingAnswer answer) {
        return new Builder(this).callerRoaming(answer).build();
    }

    public CallFacts withRedirectingRoaming(RoamingAnswer answer) {
        return new Builder(this).redirectingRoaming(answer).build();
    }

    public CallFacts withReadings(Readings values) {
        return new CallFacts(
                atEpochMillis,
                trunk,
                trunkClass,
                terms,
                asserted,
                secondAsserted,
                remoteParty,
                presented,
                callee,
                redirecting,
                privacy,
                verstat,
                attestation,
                passport,
                fingerprint,
                userAgent,
                marks,
                returning,
                callerRoaming,
                redirectingRoaming,
                values);
    }

    /** Facts of a call that arrived on {@code trunk} at {@code epochMillis}, everything else absent until it is set. */
    public static Builder on(String trunk, TrunkClass trunkClass, long epochMillis) {
        return new Builder().begin(trunk, trunkClass, TrunkTerms.NONE, epochMillis);
    }

    /**
     * Collects facts. May be used again for the next call after {@link #begin}; not thread-safe.
     */
    public static final class Builder {

        private long atEpochMillis;
        private String trunk = "";
        private TrunkClass trunkClass = TrunkClass.INTERNATIONAL;
        private TrunkTerms terms = TrunkTerms.NONE;
        private long asserted;
        private long secondAsserted;
        private long remoteParty;
        private long presented;
        private long callee;
        private long redirecting;
        private Privacy privacy = Privacy.NONE;
        private Verstat verstat = Verstat.NONE;
        private Attestation attestation = Attestation.NONE;
        private Passport passport = Passport.NONE;
        private long fingerprint;
        private UserAgentFamily userAgent = UserAgentFamily.ABSENT;
        private int marks;
        private boolean returning;
        private RoamingAnswer callerRoaming = RoamingAnswer.NOT_ASKED;
        private RoamingAnswer redirectingRoaming = RoamingAnswer.NOT_ASKED;
        private Readings readings = Readings.NONE;

        /** A builder to {@link #begin} with. */
        public Builder() {
            begin("", TrunkClass.INTERNATIONAL, TrunkTerms.NONE, 0);
        }

        private Builder(CallFacts facts) {
            begin(facts.trunk, facts.trunkClass, facts.terms, facts.atEpochMillis);
            asserted = facts.asserted;
            secondAsserted = facts.secondAsserted;
            remoteParty = facts.remoteParty;
            presented = facts.presented;
            callee = facts.callee;
            redirecting = facts.redirecting;
            privacy = facts.privacy;
            verstat = facts.verstat;
            attestation = facts.attestation;
            passport = facts.passport;
            fingerprint = facts.fingerprint;
            userAgent = facts.userAgent;
            marks = facts.marks;
            returning = facts.returning;
            callerRoaming = facts.callerRoaming;
            redirectingRoaming = facts.redirectingRoaming;
            readings = facts.readings;
        }

        /** Forgets the last call and begins the next. */
        public Builder begin(String trunk, TrunkClass trunkClass, TrunkTerms terms, long epochMillis) {
            this.trunk = trunk;
            this.trunkClass = trunkClass;
            this.terms = terms;
            this.atEpochMillis = epochMillis;
            asserted = PartyNumber.ABSENT;
            secondAsserted = PartyNumber.ABSENT;
            remoteParty = PartyNumber.ABSENT;
            presented = PartyNumber.ABSENT;
            callee = PartyNumber.ABSENT;
            redirecting = PartyNumber.ABSENT;
            privacy = Privacy.NONE;
            verstat = Verstat.NONE;
            attestation = Attestation.NONE;
            passport = Passport.NONE;
            fingerprint = 0;
            userAgent = UserAgentFamily.ABSENT;
            marks = Mark.NONE;
            returning = false;
            callerRoaming = RoamingAnswer.NOT_ASKED;
            redirectingRoaming = RoamingAnswer.NOT_ASKED;
            readings = Readings.NONE;
            return this;
        }

        public Builder terms(TrunkTerms agreed) {
            terms = agreed;
            return this;
        }

        public Builder asserted(long number) {
            asserted = number;
            return this;
        }

        public Builder secondAsserted(long number) {
            secondAsserted = number;
            return this;
        }

        public Builder remoteParty(long number) {
            remoteParty = number;
            return this;
        }

        public Builder presented(long number) {
            presented = number;
            return this;
        }

        public Builder callee(long number) {
            callee = number;
            return this;
        }

        public Builder redirecting(long number) {
            redirecting = number;
            return this;
        }

        public Builder privacy(Privacy request) {
            privacy = request;
            return this;
        }

        public Builder verstat(Verstat claim) {
            verstat = claim;
            return this;
        }

        public Builder attestation(Attestation claim) {
            attestation = claim;
            return this;
        }

        public Builder passport(Passport found) {
            passport = found;
            return this;
        }

        public Builder fingerprint(long hash) {
            fingerprint = hash;
            return this;
        }

        public Builder userAgent(UserAgentFamily family) {
            userAgent = family;
            return this;
        }

        /** Adds one mark. */
        public Builder mark(Mark mark) {
            marks = mark.in(marks);
            return this;
        }

        /** Sets all marks: bits of {@link Mark}. */
        public Builder marks(int bits) {
            marks = bits;
            return this;
        }

        public Builder returning(boolean isReturning) {
            returning = isReturning;
            return this;
        }

        public Builder callerRoaming(RoamingAnswer answer) {
            callerRoaming = answer;
            return this;
        }

        public Builder redirectingRoaming(RoamingAnswer answer) {
            redirectingRoaming = answer;
            return this;
        }

        public Builder readings(Readings values) {
            readings = values;
            return this;
        }

        public CallFacts build() {
            return new CallFacts(
                    atEpochMillis,
                    trunk,
                    trunkClass,
                    terms,
                    asserted,
                    secondAsserted,
                    remoteParty,
                    presented,
                    callee,
                    redirecting,
                    privacy,
                    verstat,
                    attestation,
                    passport,
                    fingerprint,
                    userAgent,
                    marks,
                    returning,
                    callerRoaming,
                    redirectingRoaming,
                    readings);
        }
    }
}

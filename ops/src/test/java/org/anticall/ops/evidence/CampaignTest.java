package org.anticall.ops.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.anticall.ops.evidence.Campaign.Lead;
import org.anticall.ops.evidence.Disposition.Fraud;
import org.anticall.ops.evidence.Disposition.Outcome;
import org.junit.jupiter.api.Test;

class CampaignTest {

    private static final Instant START = Instant.parse("2026-11-28T00:00:00Z");

    private int minutes;

    @Test
    void numbersOfOneBlockInOneGuiseBelongTogether() {
        Campaign campaign = only(lead("+442079460001", Fraud.BANK, 0), lead("+442079469999", Fraud.BANK, 0));

        assertEquals("bank-+44207946", campaign.tag());
        assertEquals(2, campaign.calls());
        assertEquals(2, campaign.callers());
        assertEquals(Set.of("+44207946"), campaign.blocks());
        assertTrue(campaign.reaches("+442079465555"));
        assertFalse(campaign.reaches("+442079475555"));
    }

    @Test
    void anotherBlockOrAnotherGuiseAloneDoesNot() {
        assertEquals(
                List.of(),
                Campaign.among(List.of(
                        lead("+442079460001", Fraud.BANK, 0),
                        lead("+442079470001", Fraud.BANK, 0),
                        lead("+442079460002", Fraud.POLICE, 0))));
    }

    @Test
    void invitesBuiltAlikeJoinBlocksAndTheFirstCallNamesTheWhole() {
        Campaign campaign = only(
                lead("+442079460001", Fraud.BANK, 0),
                lead("+995322000001", Fraud.BANK, 0xabc),
                lead("+442079460002", Fraud.BANK, 0xabc));

        assertEquals("bank-+44207946", campaign.tag());
        assertEquals(3, campaign.calls());
        assertEquals(Set.of("0000000000000abc"), campaign.fingerprints());
        assertEquals(START, campaign.first());
        assertEquals(START.plusSeconds(120), campaign.last());
        assertEquals(30, campaign.saved());
        assertEquals(Set.of("Halyk"), campaign.organisations());
    }

    @Test
    void callersWithoutANumberAreJoinedByFingerprintAlone() {
        assertEquals(List.of(), Campaign.among(List.of(lead("", Fraud.BANK, 0), lead("", Fraud.BANK, 0))));

        assertEquals(
                2,
                only(lead("", Fraud.BANK, 7), lead("anonymous", Fraud.BANK, 7)).calls());
    }

    @Test
    void aBlockNeedsEnoughDigits() {
        assertEquals("", Campaign.blockOf("+442079"));
        assertEquals("+442", Campaign.blockOf("+4420794"));
    }

    private static Campaign only(Lead... leads) {
        List<Campaign> found = Campaign.among(List.of(leads));
        assertEquals(1, found.size(), found.toString());
        return found.get(0);
    }

    private Lead lead(String caller, Fraud fraud, long fingerprint) {
        Instant at = START.plusSeconds(60L * minutes++);
        return new Lead(
                new Disposition(
                        "rec-" + minutes,
                        "operator",
                        at,
                        "D10",
                        caller,
                        Outcome.FRAUD_TALKED,
                        fraud,
                        List.of(),
                        "Halyk",
                        10),
                fingerprint);
    }
}

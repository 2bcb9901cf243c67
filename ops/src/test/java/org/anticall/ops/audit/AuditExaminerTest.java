package org.anticall.ops.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anticall.ops.audit.AuditProof.Broken;
import org.anticall.ops.audit.AuditProof.Sound;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditExaminerTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:40:05.123456Z");

    private HeadSigner signer;
    private List<String> lines;
    private SignedHead head;

    /** key, links 1 to 4, signed head, link 5. */
    @BeforeEach
    void aTrailOfFiveLinks() throws NoSuchAlgorithmException {
        signer = new HeadSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        lines = new ArrayList<>();
        lines.add(AuditLines.line(signer.key()));
        String previous = AuditLink.NOTHING;
        for (int seq = 1; seq <= 5; seq++) {
            AuditLink link = AuditLink.after(previous, seq, entry(seq, "approved"));
            previous = link.hash();
            lines.add(AuditLines.line(link));
            if (seq == 4) {
                head = signer.sign(seq, link.hash(), NOW);
                lines.add(AuditLines.line(head));
            }
        }
    }

    private static AuditEntry entry(int seq, String why) {
        Actor who = new Actor(7, "n.yesimova", "192.0.2.1");
        return new AuditEntry(NOW.plusSeconds(seq), who, "order.approve", "order " + seq, "{\"ә\":1}", why);
    }

    @Test
    void aWholeTrailIsSound() throws IOException {
        Sound sound = assertInstanceOf(Sound.class, examined(signer.key(), head));

        assertEquals(5, sound.links());
        assertEquals(1, sound.heads());
        assertEquals(signer.key().id(), sound.keyId());
        assertTrue(sound.pinned());
    }

    @Test
    void everyFieldOfALinkIsBoundByItsHash() throws IOException {
        String[][] changes = {
            {"09:40:08.123456Z", "09:40:08.123457Z"},
            {"\"person\":7", "\"person\":8"},
            {"n.yesimova", "n.yesimovb"},
            {"192.0.2.1", "192.0.2.2"},
            {"order.approve", "order.approvf"},
            {"order 3", "order 4"},
            {"{\\\"ә\\\":1}", "{\\\"ә\\\":2}"},
            {"approved", "approvee"}
        };
        for (String[] change : changes) {
            String altered = lines.get(3).replace(change[0], change[1]);
            assertTrue(!altered.equals(lines.get(3)), change[0]);
            List<String> tampered = new ArrayList<>(lines);
            tampered.set(3, altered);

            Broken broken = assertInstanceOf(Broken.class, examined(tampered, null, null), change[0]);

            assertEquals(3, broken.seq());
            assertEquals(4, broken.line());
            assertEquals("link 3 was altered: its content does not have its hash", broken.what());
        }
    }

    @Test
    void aMissingLinkIsNamed() throws IOException {
        lines.remove(2);

        Broken broken = assertInstanceOf(Broken.class, examined(null, null));

        assertEquals(2, broken.seq());
        assertEquals("expected link 2, found 3: links are missing or out of order", broken.what());
    }

    @Test
    void linksInAnotherOrderAreFound() throws IOException {
        Collections.swap(lines, 2, 3);

        assertEquals(2, assertInstanceOf(Broken.class, examined(null, null)).seq());
    }

    @Test
    void aLinkThatWasMadeAnewDoesNotCarryTheNext() throws IOException {
        lines.set(2, AuditLines.line(AuditLink.after(first().hash(), 2, entry(2, "never"))));

        Broken broken = assertInstanceOf(Broken.class, examined(null, null));

        assertEquals(3, broken.seq());
        assertEquals("link 3 does not follow the link before it", broken.what());
    }

    @Test
    void aChainThatWasWrittenAnewDoesNotHaveItsSignedHead() throws IOException {
        List<String> anew = new ArrayList<>(List.of(lines.get(0)));
        String previous = AuditLink.NOTHING;
        for (int seq = 1; seq <= 4; seq++) {
            AuditLink link = AuditLink.after(previous, seq, entry(seq, "never"));
            previous = link.hash();
            anew.add(AuditLines.line(link));
        }
        anew.add(AuditLines.line(head));

        Broken broken = assertInstanceOf(Broken.class, examined(anew, signer.key(), null));

        assertEquals("link 4 is not the one whose head was signed: the chain was written anew", broken.what());
    }

    @Test
    void aForgerWithAKeyOfHisOwnIsFoundByThePinnedKey() throws IOException, NoSuchAlgorithmException {
        HeadSigner forger =
                new HeadSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        lines.set(0, AuditLines.line(forger.key()));
        lines.set(5, AuditLines.line(forger.sign(head.seq(), head.hash(), NOW)));

        assertInstanceOf(Sound.class, examined(null, null));
        Broken broken = assertInstanceOf(Broken.class, examined(signer.key(), null));
        assertEquals(1, broken.line());
    }

    @Test
    void aTrailWhoseEndWasCutOffIsFoundByAHeadFromEarlier() throws IOException {
        List<String> cut = lines.subList(0, 4);

        assertInstanceOf(Sound.class, examined(cut, signer.key(), null));
        Broken broken = assertInstanceOf(Broken.class, examined(cut, signer.key(), head));
        assertEquals("the trail ends at link 3, the head you hold is of link 4", broken.what());
    }

    @Test
    void whatIsNoLinkIsNamedByItsLine() throws IOException {
        for (String rubbish : List.of("{}", "nonsense", "[1]", lines.get(2).replace("\"hash\"", "\"hush\""))) {
            List<String> damaged = new ArrayList<>(lines);
            damaged.set(2, rubbish);

            assertEquals(
                    3,
                    assertInstanceOf(Broken.class, examined(damaged, null, null), rubbish)
                            .line());
        }
    }

    private AuditLink first() {
        return AuditLink.after(AuditLink.NOTHING, 1, entry(1, "approved"));
    }

    private AuditProof examined(HeadKey key, SignedHead held) throws IOException {
        return examined(lines, key, held);
    }

    private static AuditProof examined(List<String> lines, HeadKey key, SignedHead held) throws IOException {
        return new AuditExaminer(key, held).examine(new BufferedReader(new StringReader(String.join("\n", lines))));
    }

    // ---- trails that were cut off ----

    /** The key, the cut after link 2, links 3 to 5. */
    private List<String> cutOff(SignedCut cut) {
        List<String> left = new ArrayList<>(List.of(lines.get(0), AuditLines.line(cut)));
        left.addAll(lines.subList(3, lines.size()));
        return left;
    }

    private static String hashOf(String line) {
        return AuditLines.parse(line).link().hash();
    }

    @Test
    void aTrailThatWasCutOffProvesWhatIsLeft() throws IOException {
        SignedCut cut = signer.cut(2, hashOf(lines.get(2)), NOW);
        lines = cutOff(cut);

        Sound sound = assertInstanceOf(Sound.class, examined(signer.key(), head));

        assertEquals(3, sound.links());
        assertEquals(cut, sound.cut());
        assertEquals(1, sound.heads());
    }

    @Test
    void whoCutsWithoutTheKeyIsFound() throws Exception {
        HeadSigner forger =
                new HeadSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        lines = cutOff(forger.cut(2, hashOf(lines.get(2)), NOW));

        Broken broken = assertInstanceOf(Broken.class, examined(signer.key(), null));

        assertEquals(2, broken.line());
        assertTrue(broken.what().contains("signature of the cut"), broken.what());
    }

    @Test
    void anExportedHeadIsNoCut() throws IOException {
        // Links 1 to 4 are dropped and the head of link 4 is presented as if the centre had cut there.
        lines = new ArrayList<>(List.of(
                lines.get(0),
                AuditLines.line(new SignedCut(head.seq(), head.hash(), head.at(), head.key(), head.signature())),
                lines.get(6)));

        assertEquals(
                2, assertInstanceOf(Broken.class, examined(signer.key(), null)).line());
    }

    @Test
    void aCutStandsBeforeAllLinksAndTheNextLinkFollowsIt() throws IOException {
        List<String> whole = lines;
        lines = new ArrayList<>(whole);
        lines.add(3, AuditLines.line(signer.cut(2, hashOf(whole.get(2)), NOW)));
        assertEquals(
                4, assertInstanceOf(Broken.class, examined(signer.key(), null)).line(), "in the middle");

        lines = whole;
        lines = cutOff(signer.cut(2, hashOf(whole.get(2)), NOW));
        lines.remove(2);
        assertEquals(
                3, assertInstanceOf(Broken.class, examined(signer.key(), null)).seq(), "link 3 is missing");

        lines = whole;
        lines = cutOff(signer.cut(2, hashOf(whole.get(1)), NOW));
        assertEquals(
                3, assertInstanceOf(Broken.class, examined(signer.key(), null)).line(), "link 3 follows another");
    }
}

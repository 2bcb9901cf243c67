package org.anticall.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the package table: what each room of the call path may know. */
class CallPathRoomsTest {

    private static final JavaClasses GATEWAY =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("org.anticall.gateway");

    private static void knowsOnly(String room, String... others) {
        String[] allowed = new String[others.length + 3];
        System.arraycopy(others, 0, allowed, 0, others.length);
        allowed[others.length] = "org.anticall.gateway." + room;
        allowed[others.length + 1] = "java..";
        allowed[others.length + 2] = "org.jspecify..";
        classes()
                .that()
                .resideInAPackage("org.anticall.gateway." + room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(GATEWAY);
    }

    @Test
    void sipKnowsOnlyBuffers() {
        knowsOnly("sip", "io.netty.buffer");
    }

    @Test
    void hopKnowsTheConfigurationAndNameServersButNoSip() {
        knowsOnly("hop", "io.netty..", "org.slf4j..", "org.anticall.gateway.config");
    }

    @Test
    void transportKnowsSocketsAndWhoMaySpeakAndWhereMessagesEnd() {
        knowsOnly(
                "transport",
                "io.netty..",
                "javax.net.ssl",
                "javax.security.auth.x500",
                "org.slf4j..",
                "org.anticall.gateway.config",
                "org.anticall.gateway.hop",
                "org.anticall.gateway.sip");
    }

    @Test
    void verdictKnowsRulesAndSipViewsButNoSockets() {
        knowsOnly(
                "verdict",
                "org.anticall.rules..",
                "org.anticall.gateway.sip",
                "org.anticall.gateway.config",
                "org.HdrHistogram",
                "org.slf4j..");
    }

    @Test
    void whoTellsWhereSubscribersAreKnowsNothingOfCalls() {
        knowsOnly(
                "verdict.roaming",
                "javax.net.ssl..",
                "com.fasterxml.jackson..",
                "com.github.benmanes.caffeine..",
                "org.anticall.rules.call",
                "org.anticall.rules.number",
                "org.anticall.gateway.config",
                "org.anticall.gateway.verdict",
                "org.slf4j..");
    }

    @Test
    void thePathKnowsNeitherTheJournalNorTheAdminEndpoint() {
        knowsOnly(
                "path",
                "io.netty..",
                "javax.crypto..",
                "org.slf4j..",
                "org.anticall.rules..",
                "org.anticall.gateway.sip",
                "org.anticall.gateway.transport",
                "org.anticall.gateway.verdict",
                "org.anticall.gateway.hop",
                "org.anticall.gateway.config");
    }

    @Test
    void theHotPathUsesNoRegularExpressionsAndNoStreamsOfMessages() {
        noClasses()
                .that()
                .resideInAnyPackage("org.anticall.gateway.sip", "org.anticall.gateway.path")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.regex.Pattern")
                .check(GATEWAY);
    }
}

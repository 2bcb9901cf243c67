package org.anticall.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The package table of the gateway: who may know whom. */
class ArchitectureTest {

    private static final JavaClasses GATEWAY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.anticall.gateway");

    @Test
    void packagesKnowOnlyWhatTheTableAllows() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("org.anticall.gateway..")
                .layer("process")
                .definedBy("org.anticall.gateway")
                .layer("config")
                .definedBy("..gateway.config..")
                .layer("sip")
                .definedBy("..gateway.sip..")
                .layer("hop")
                .definedBy("..gateway.hop..")
                .layer("transport")
                .definedBy("..gateway.transport..")
                .layer("verdict")
                .definedBy("..gateway.verdict..")
                .layer("path")
                .definedBy("..gateway.path..")
                .layer("journal")
                .definedBy("..gateway.journal..")
                .layer("control")
                .definedBy("..gateway.control..")
                .whereLayer("process")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("control")
                .mayOnlyBeAccessedByLayers("process")
                .whereLayer("journal")
                .mayOnlyBeAccessedByLayers("process", "control")
                .whereLayer("path")
                .mayOnlyBeAccessedByLayers("process", "control")
                .whereLayer("verdict")
                .mayOnlyBeAccessedByLayers("process", "control", "path")
                .whereLayer("transport")
                .mayOnlyBeAccessedByLayers("process", "control", "path")
                .whereLayer("hop")
                .mayOnlyBeAccessedByLayers("process", "control", "path", "transport")
                .whereLayer("sip")
                .mayOnlyBeAccessedByLayers("process", "control", "path", "transport", "verdict")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("process", "control", "journal", "path", "transport", "hop", "verdict")
                .check(GATEWAY);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("org.anticall.gateway.(*)..")
                .should()
                .beFreeOfCycles()
                .check(GATEWAY);
    }

    @Test
    void theWireViewKnowsOfNettyOnlyItsBuffers() {
        noClasses()
                .that()
                .resideInAPackage("..gateway.sip..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.channel..", "io.netty.handler..", "io.netty.bootstrap..")
                .check(GATEWAY);
    }

    @Test
    void onlyThePathOfCallsTouchesTheNetworkThroughNetty() {
        noClasses()
                .that()
                .resideInAnyPackage("..gateway.config..", "..gateway.journal..", "..gateway.control..")
                .and()
                .haveNameNotMatching(".*\\.control\\.Admin(Server|Connection).*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..")
                .check(GATEWAY);
    }

    @Test
    void theGatewayKnowsNeitherDatabaseNorJainSip() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "javax.sip..", "gov.nist..")
                .check(GATEWAY);
    }
}

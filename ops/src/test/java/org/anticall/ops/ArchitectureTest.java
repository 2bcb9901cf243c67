package org.anticall.ops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know what in the centre. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.anticall.ops");

    @Test
    void onlySipKnowsTheSipStack() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.anticall.ops.sip..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.sip..", "gov.nist..")
                .check(CLASSES);
    }

    @Test
    void theDeskIsPure() {
        classes()
                .that()
                .resideInAPackage("org.anticall.ops.desk")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.anticall.ops.desk",
                        "org.anticall.rules..",
                        "java.lang..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..",
                        "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void sipKnowsNeitherTheWebNorTheDatabase() {
        noClasses()
                .that()
                .resideInAPackage("org.anticall.ops.sip..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.anticall.ops.http..",
                        "org.anticall.ops.store..",
                        "org.anticall.ops.evidence..",
                        "io.javalin..",
                        "org.jdbi..",
                        "java.sql..",
                        "java.net.http..")
                .check(CLASSES);
    }

    @Test
    void onlyTheStoreKnowsTheDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.anticall.ops.store")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "com.zaxxer..")
                .check(CLASSES);
    }

    @Test
    void onlyTheWebServerKnowsHttp() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.anticall.ops.config",
                        "org.anticall.ops.store",
                        "org.anticall.ops.evidence",
                        "org.anticall.ops.cli")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
                .check(CLASSES);
    }

    @Test
    void noPartKnowsTheWhole() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.anticall.ops.config",
                        "org.anticall.ops.store",
                        "org.anticall.ops.evidence",
                        "org.anticall.ops.http",
                        "org.anticall.ops.desk",
                        "org.anticall.ops.sip")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.anticall.ops", "org.anticall.ops.cli")
                .check(CLASSES);
    }
}

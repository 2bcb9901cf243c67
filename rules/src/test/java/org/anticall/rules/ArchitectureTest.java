package org.anticall.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The table of this module's packages, held against the code. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.anticall.rules");

    @Test
    void arrowsBetweenPackages() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("facade")
                .definedBy("org.anticall.rules")
                .layer("compile")
                .definedBy("org.anticall.rules.compile")
                .layer("engine")
                .definedBy("org.anticall.rules.engine")
                .layer("model")
                .definedBy("org.anticall.rules.model")
                .layer("bundle")
                .definedBy("org.anticall.rules.bundle")
                .layer("record")
                .definedBy("org.anticall.rules.record")
                .layer("passport")
                .definedBy("org.anticall.rules.passport")
                .layer("call")
                .definedBy("org.anticall.rules.call")
                .layer("number")
                .definedBy("org.anticall.rules.number")
                .whereLayer("facade")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("compile")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("compile", "facade")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("compile", "facade")
                .whereLayer("bundle")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("record")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("passport")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("call")
                .mayOnlyBeAccessedByLayers("passport", "engine", "model", "compile", "record", "facade")
                .whereLayer("number")
                .mayOnlyBeAccessedByLayers("call", "passport", "engine", "model", "compile", "record", "facade")
                .check(CLASSES);
    }

    @Test
    void onlyTheModelKnowsHowFilesAreWritten() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.anticall.rules.model")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.yaml..")
                .check(CLASSES);
    }

    @Test
    void aLibraryHasNoSocketsThreadsOrDatabases() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..",
                        "java.nio.channels..",
                        "java.sql..",
                        "javax.sql..",
                        "io.netty..",
                        "javax.sip..",
                        "gov.nist..",
                        "org.slf4j..")
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.util.concurrent..")
                        // A cache is told to do its housekeeping on the thread that asks.
                        .and(not(type(Executor.class))))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .check(CLASSES);
    }

    @Test
    void theEngineReadsNoFilesAndNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage("org.anticall.rules.engine", "org.anticall.rules.call")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }
}

/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package dev.trestle.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.trestle.server.paimon.PaimonJson;
import org.junit.jupiter.api.Test;

/** Which part of the server may know which. */
class ArchitectureTest {

    private static final String SERVER = "dev.trestle.server";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(SERVER);

    @Test
    void layersPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("start")
                .definedBy(SERVER)
                .layer("dialect")
                .definedBy(SERVER + ".paimon", SERVER + ".starrocks")
                .layer("auth")
                .definedBy(SERVER + ".auth")
                .layer("http")
                .definedBy(SERVER + ".http")
                .layer("catalog")
                .definedBy(SERVER + ".catalog")
                .layer("store")
                .definedBy(SERVER + ".store")
                .layer("files")
                .definedBy(SERVER + ".files")
                .layer("fault")
                .definedBy(SERVER + ".fault")
                .whereLayer("start")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("dialect")
                .mayOnlyBeAccessedByLayers("start")
                .whereLayer("auth")
                .mayOnlyBeAccessedByLayers("start")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("start", "dialect", "auth")
                .whereLayer("catalog")
                .mayOnlyBeAccessedByLayers("start", "dialect")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("start", "dialect", "catalog")
                .whereLayer("files")
                .mayOnlyBeAccessedByLayers("start", "dialect", "catalog")
                .whereLayer("fault")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(SERVER + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theServerKnowsNoneOfTheClients() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.trestle.catalog..", "dev.trestle.flink..", "dev.trestle.spark..", "dev.trestle.trino..")
                .check(CLASSES);
    }

    @Test
    void whatPaimonShadesIsNamedInOnePlace() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(PaimonJson.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..shade..")
                .check(CLASSES);
    }

    @Test
    void whatHarmsStandsOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage(SERVER + ".fault")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", SERVER + ".fault")
                .check(CLASSES);
    }
}

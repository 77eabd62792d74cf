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
package dev.trestle.flink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static final JavaClasses ADAPTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.trestle.flink");

    @Test
    void theAdapterKnowsTheCoreByItsFrontDoorOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.trestle.flink")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.trestle.catalog.api..",
                        "dev.trestle.catalog.auth..",
                        "dev.trestle.catalog.http..",
                        "dev.trestle.catalog.paimon..",
                        "dev.trestle.catalog.storage..")
                .check(ADAPTER);
    }

    @Test
    void onePlaceOpensTheCore() {
        noClasses()
                .that()
                .doNotHaveSimpleName("CoreCatalogs")
                .and()
                .resideInAPackage("dev.trestle.flink")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.trestle.catalog")
                .check(ADAPTER);
    }

    @Test
    void nothingIsImportedFromShadedPackages() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..shade..", "..shaded..")
                .check(ADAPTER);
    }

    @Test
    void collaboratorsAreKnownInsideThePackageOnly() {
        classes()
                .that()
                .resideInAPackage("dev.trestle.flink")
                .and()
                .doNotHaveSimpleName("TrestleCatalog")
                .and()
                .doNotHaveSimpleName("TrestleCatalogFactory")
                .and()
                // Called by Flink, by reflection.
                .doNotHaveSimpleName("ExpireTagsProcedure")
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .bePackagePrivate()
                .check(ADAPTER);
    }
}

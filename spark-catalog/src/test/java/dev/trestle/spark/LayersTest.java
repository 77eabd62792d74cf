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
package dev.trestle.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static final JavaClasses ADAPTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.trestle.spark");

    @Test
    void theAdapterKnowsTheCoreByItsFrontDoorOnly() {
        noClasses()
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
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.trestle.catalog")
                .check(ADAPTER);
    }

    @Test
    void readingAndWritingKnowValuesOnlyAndNotEachOther() {
        noClasses()
                .that()
                .resideInAPackage("..spark.data")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.trestle.spark",
                        "dev.trestle.spark.read",
                        "dev.trestle.spark.write",
                        "dev.trestle.spark.rowlevel")
                .check(ADAPTER);
        noClasses()
                .that()
                .resideInAPackage("..spark.read..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.trestle.spark", "dev.trestle.spark.write..", "dev.trestle.spark.rowlevel")
                .check(ADAPTER);
        noClasses()
                .that()
                .resideInAPackage("..spark.write..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.trestle.spark", "dev.trestle.spark.read", "dev.trestle.spark.rowlevel")
                .check(ADAPTER);
    }

    @Test
    void onePlaceKnowsTheParquetInsideOfPaimonAndNothingElseIsImportedFromShadedPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..spark.write.parquet")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..shade..", "..shaded..")
                .check(ADAPTER);
    }

    @Test
    void onePlaceKnowsSparksParquetReaderAndKnowsNothingOfTheScan() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..spark.read.parquet")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.parquet..", "org.apache.spark.sql.execution.datasources.parquet..")
                .check(ADAPTER);
        noClasses()
                .that()
                .resideInAPackage("..spark.read.parquet")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.trestle.spark.read")
                .check(ADAPTER);
    }

    @Test
    void noSignatureHasATypeOfScala() {
        noClasses()
                .that()
                .resideInAPackage("dev.trestle.spark..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("scala.collection..", "scala.runtime..")
                .check(ADAPTER);
    }

    @Test
    void collaboratorsAreKnownInsideThePackageOnly() {
        classes()
                .that()
                .resideInAPackage("dev.trestle.spark")
                .and()
                .haveSimpleNameNotEndingWith("Catalog")
                .and()
                .doNotHaveSimpleName("CatalogException")
                .and()
                .doNotHaveSimpleName("TrestleSource")
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .bePackagePrivate()
                .check(ADAPTER);
    }
}

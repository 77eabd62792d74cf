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
package dev.trestle.trino;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.trestle.catalog.RestCatalog;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import org.junit.jupiter.api.Test;

/** Which part of the plugin may know which. */
final class ArchitectureTest {

    private static final String PLUGIN = "dev.trestle.trino";
    private static final String READ = PLUGIN + ".read..";
    private static final String WRITE = PLUGIN + ".write..";
    private static final String FILES = PLUGIN + ".files..";
    private static final String READ_OF_WRITTEN_ROWS =
            ".*\\.read\\.(BlockWriter|DerivedPageSource|Partitions|Pushdown|TrestleSplit)";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(PLUGIN);

    @Test
    void readingKnowsNothingOfWriting() {
        noClasses()
                .that()
                .resideInAPackage(READ)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(WRITE)
                .check(CLASSES);
    }

    /** A row that is changed is one that was read. */
    @Test
    void writingKnowsOfReadingOnlyWhatChoosesAndReadsTheRowsToChange() {
        noClasses()
                .that()
                .resideInAPackage(WRITE)
                .should()
                .dependOnClassesThat(resideInAPackage(READ).and(not(nameMatching(READ_OF_WRITTEN_ROWS))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void filesKnowNothingOfWhoUsesThem() {
        noClasses()
                .that()
                .resideInAPackage(FILES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(READ, WRITE)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** They go to other nodes, and into logs. */
    @Test
    void handlesHoldNoCatalogAndNoFiles() {
        classes()
                .that()
                .areAssignableTo(ConnectorTableHandle.class)
                .or()
                .areAssignableTo(ColumnHandle.class)
                .or()
                .areAssignableTo(ConnectorSplit.class)
                .or()
                .areAssignableTo(ConnectorTransactionHandle.class)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages(WRITE, FILES)
                        .and(not(belongToAnyOf(RestCatalog.class, SessionCatalogs.class))))
                .check(CLASSES);
    }

    @Test
    void whatPaimonAndHadoopShadeIsNotNamed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..shade..", "..shaded..")
                .check(CLASSES);
    }

    @Test
    void thePluginKnowsNoOtherEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.trestle.flink..", "dev.trestle.spark..", "dev.trestle.server..")
                .check(CLASSES);
    }
}

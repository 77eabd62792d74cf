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
package dev.trestle.catalog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data and control run one way, down: the catalog, its dialects and storage, then the transport, then authentication. */
class ArchitectureTest {

    private static final String ROOT = "dev.trestle.catalog";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @ParameterizedTest(name = "{0} knows of ours: {1}")
    @CsvSource(
            nullValues = "nothing",
            value = {
                "api,     nothing",
                "auth,    nothing",
                "http,    auth",
                "paimon,  api http",
                "starrocks, api http",
                "storage, api",
                "queryauth, nothing",
                "parallel, http",
                "procedure, api queryauth storage table",
                "table, nothing",
                "text, nothing"
            })
    void knowsNoMoreOfOursThanItsRoomAllows(String room, String known) {
        List<String> allowed = Stream.concat(
                        Stream.of(room), Stream.ofNullable(known).flatMap(rooms -> Stream.of(rooms.split(" "))))
                .map(name -> ROOT + "." + name)
                .toList();

        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat(new DescribedPredicate<JavaClass>("are ours, of another room") {
                    @Override
                    public boolean test(JavaClass other) {
                        return other.getPackageName().startsWith("dev.trestle")
                                && allowed.stream().noneMatch(other.getPackageName()::startsWith);
                    }
                })
                .check(CLASSES);
    }

    @Test
    void looksIntoEveryRoom() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName))
                .contains(
                        ROOT,
                        ROOT + ".api",
                        ROOT + ".auth",
                        ROOT + ".auth.dlf",
                        ROOT + ".auth.oauth2",
                        ROOT + ".http",
                        ROOT + ".paimon",
                        ROOT + ".parallel",
                        ROOT + ".procedure",
                        ROOT + ".queryauth",
                        ROOT + ".starrocks",
                        ROOT + ".storage",
                        ROOT + ".table",
                        ROOT + ".text");
    }

    @Test
    void touchesShadedClassesInTheBridgeAlone() {
        noClasses()
                .that()
                .haveNameNotMatching("dev\\.trestle\\.catalog\\.paimon\\.PaimonJson(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..shade..", "..shaded..")
                .check(CLASSES);
    }

    @Test
    void speaksOverSlf4jAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.logging..",
                        "org.apache.log4j..",
                        "org.apache.logging..",
                        "org.apache.commons.logging..")
                .check(CLASSES);
        noClasses().should().accessField(System.class, "out").check(CLASSES);
        noClasses().should().accessField(System.class, "err").check(CLASSES);
    }

    @Test
    void keepsTheHttpLibraryInTheTransportAndTheTokenLoaders() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".http..", ROOT + ".auth.dlf..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "okio..")
                .check(CLASSES);
    }

    @Test
    void knowsNoEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.flink..", "org.apache.spark..", "io.trino..")
                .check(CLASSES);
    }
}

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

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.catalog.storage.SentContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileIOLoader;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.local.LocalFileIO;
import org.apache.paimon.options.Options;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedClientsTest {

    /** More than are kept when nobody uses them. */
    private static final int MANY = 200;

    private static int names;

    @BeforeEach
    void reset() {
        CountingAuthFactory.reset();
    }

    @Test
    void makesOneClientForTheSameOptionsAndEngine() {
        Map<String, String> options = newOptions();

        RestCatalog one = reopen(options, EngineInfo.NONE);
        RestCatalog two = reopen(new HashMap<>(options), EngineInfo.NONE);
        RestCatalog other = reopen(options, new EngineInfo("flink", "2.3.0"));

        assertThat(CountingAuthFactory.CREATED).hasValue(2);
        assertThat(one.options()).isEqualTo(two.options()).isEqualTo(other.options());
    }

    @Test
    void sharesNoClientBetweenFileAccessesThatHoldSomething() {
        Map<String, String> options = newOptions();

        reopen(options, new HoldingLoader(new Object()));
        reopen(options, new HoldingLoader(new Object()));

        assertThat(CountingAuthFactory.CREATED).hasValue(2);
    }

    @Test
    void sharesAClientBetweenFileAccessesThatSayTheyAreEqual() {
        Map<String, String> options = newOptions();

        reopen(options, new HoldingLoader("alice"));
        reopen(options, new HoldingLoader("alice"));

        assertThat(CountingAuthFactory.CREATED).hasValue(1);
    }

    /** As Flink's, of which each task has a copy. */
    @Test
    void sharesAClientBetweenCopiesOfAFileAccessThatHoldsNothing() {
        Map<String, String> options = newOptions();

        reopen(options, new EmptyLoader());
        reopen(options, new EmptyLoader());
        reopen(options, EngineInfo.NONE);

        assertThat(CountingAuthFactory.CREATED).hasValue(2);
    }

    private record HoldingLoader(Object held) implements FileIOLoader {
        @Override
        public String getScheme() {
            return "file";
        }

        @Override
        public FileIO load(Path path) {
            return LocalFileIO.create();
        }
    }

    private static final class EmptyLoader implements FileIOLoader {

        private static final long serialVersionUID = 1L;

        @Override
        public String getScheme() {
            return "file";
        }

        @Override
        public FileIO load(Path path) {
            return LocalFileIO.create();
        }
    }

    @Test
    void findsAClientAgainThatSomeoneHolds() {
        Map<String, String> options = newOptions();
        RestCatalog held = reopen(options, EngineInfo.NONE);
        for (int i = 0; i < MANY; i++) {
            reopen(newOptions(), EngineInfo.NONE);
        }
        CountingAuthFactory.reset();

        RestCatalog again = reopen(options, EngineInfo.NONE);

        assertThat(CountingAuthFactory.CREATED).hasValue(0);
        assertThat(again.options()).isEqualTo(held.options());
    }

    @Test
    void closesClientsThatNobodyHolds() throws Exception {
        for (int i = 0; i < MANY; i++) {
            reopen(newOptions(), EngineInfo.NONE);
        }
        Map<String, String> anyOptions = newOptions();

        assertThat(Garbage.isCollectedUntil(Duration.ofSeconds(30), () -> {
                    reopen(anyOptions, EngineInfo.NONE);
                    return CountingAuthFactory.CLOSED.size() >= MANY / 2;
                }))
                .as("%s of %s were closed", CountingAuthFactory.CLOSED, CountingAuthFactory.CREATED)
                .isTrue();
    }

    @Test
    void closesNoClientThatSomeoneHolds() throws Exception {
        RestCatalog held = reopen(newOptions(), EngineInfo.NONE);
        for (int i = 0; i < MANY; i++) {
            reopen(newOptions(), EngineInfo.NONE);
        }
        Map<String, String> anyOptions = newOptions();
        Garbage.isCollectedUntil(Duration.ofSeconds(30), () -> {
            reopen(anyOptions, EngineInfo.NONE);
            return CountingAuthFactory.CLOSED.size() >= MANY / 2;
        });

        assertThat(CountingAuthFactory.CLOSED)
                .isNotEmpty()
                .doesNotContain(held.options().get("token"));
    }

    private static RestCatalog reopen(Map<String, String> options, EngineInfo engine) {
        return reopen(CatalogContext.create(Options.fromMap(options)), engine);
    }

    private static void reopen(Map<String, String> options, FileIOLoader files) {
        reopen(CatalogContext.create(Options.fromMap(options), files, null), EngineInfo.NONE);
    }

    private static RestCatalog reopen(CatalogContext context, EngineInfo engine) {
        return (RestCatalog)
                new RestCatalogLoader(SentContext.of(context), engine, new TableSession(Duration.ZERO)).load();
    }

    private static Map<String, String> newOptions() {
        return Map.of(
                "uri", "http://127.0.0.1:1",
                "token.provider", "counting",
                "token", "token-" + names++);
    }
}

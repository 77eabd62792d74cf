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
package dev.trestle.catalog.auth.dlf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.MutableClock;
import dev.trestle.catalog.auth.RefreshingToken;
import dev.trestle.catalog.auth.TokenLoads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileTokenLoaderTest {

    private final MutableClock clock = new MutableClock();

    @TempDir
    private Path directory;

    private Path file;
    private RefreshingToken<DlfToken> tokens;

    @BeforeEach
    void setUp() {
        file = directory.resolve("token.json");
        tokens = new RefreshingToken<>("DLF", new LocalFileTokenLoader(file.toString()), TokenLoads.NONE, clock);
    }

    @Test
    void readsTheToken() throws IOException {
        write("a", "");

        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("a");
    }

    @Test
    void aFileThatHasChangedIsReadAgainLongBeforeTheTokenExpires() throws IOException {
        write("a", ",\"Expiration\":\"2026-02-28T12:00:00Z\"");
        tokens.getOrRefreshToken();

        write("longer", "");

        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("longer");
    }

    @Test
    void aFileThatIsMissingForAMomentDoesNotTakeAValidTokenAway() throws IOException {
        write("a", "");
        tokens.getOrRefreshToken();

        Files.delete(file);
        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("a");

        write("b", "");
        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("b");
    }

    @Test
    void aFileThatIsHalfWrittenDoesNotTakeAValidTokenAway() throws IOException {
        write("a", "");
        tokens.getOrRefreshToken();

        Files.writeString(file, "{\"AccessKeyId\":");
        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("a");

        write("b", "");
        clock.advance(Duration.ofSeconds(10));
        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("b");
    }

    @Test
    void anExpiredTokenIsReadAgain() throws IOException {
        write("a", ",\"Expiration\":\"2026-01-31T12:15:00Z\"");
        tokens.getOrRefreshToken();
        clock.advance(Duration.ofMinutes(15));

        assertThatThrownBy(tokens::getOrRefreshToken)
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("The DLF token from file '" + file + "' expired at 2026-01-31T12:15:00Z");
        write("b", ",\"Expiration\":\"2026-01-31T12:30:00Z\"");
        assertThat(tokens.getOrRefreshToken().accessKeyId()).isEqualTo("b");
    }

    @Test
    void aMissingFileIsNamedWithItsOption() {
        assertThatThrownBy(tokens::getOrRefreshToken)
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("Option 'dlf.token-path': file '" + file + "' does not exist");
    }

    @Test
    void anEmptyFileIsNamedWithItsOption() throws IOException {
        Files.writeString(file, "\n");

        assertThatThrownBy(tokens::getOrRefreshToken)
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("Option 'dlf.token-path': file '" + file + "' is empty");
    }

    @Test
    void aBrokenFileIsNamedWithItsOption() throws IOException {
        Files.writeString(file, "{\"AccessKeyId\": s3cret");

        assertThatThrownBy(tokens::getOrRefreshToken)
                .isInstanceOf(AuthenticationException.class)
                .hasMessageMatching("Option 'dlf.token-path': file '.*' holds no valid JSON \\(line 1, column \\d+\\)");
    }

    private void write(String id, String more) throws IOException {
        Files.writeString(file, "{\"AccessKeyId\":\"" + id + "\",\"AccessKeySecret\":\"secret\"" + more + "}");
    }
}

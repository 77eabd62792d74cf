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
package dev.trestle.catalog.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferencesTest {

    private static final FileTime NOON = FileTime.fromMillis(1_769_860_800_000L);

    private final Map<String, String> environment = new HashMap<>();
    private final SecretReferences references = new SecretReferences(environment::get);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "$x", "${", "a${env:X}", "${env:X}a", "}{"})
    void anythingElseIsALiteral(String value) {
        assertThat(references.parse("token", value).reveal()).isEqualTo(value);
    }

    @Test
    void aVariableIsLookedUpAtEachUse() {
        Secret secret = references.parse("token", "${env:TOKEN}");

        environment.put("TOKEN", " one\n");
        assertThat(secret.reveal()).isEqualTo("one");
        environment.put("TOKEN", "two");
        assertThat(secret.reveal()).isEqualTo("two");
    }

    @Test
    void aVariableThatIsNotSetIsNamedWithItsOption() {
        assertThatThrownBy(() -> references.parse("token", "${env:TOKEN}").reveal())
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("Option 'token': environment variable 'TOKEN' is not set");
    }

    @Test
    void anEmptyVariableIsAnError() {
        environment.put("TOKEN", " ");

        assertThatThrownBy(() -> references.parse("token", "${env:TOKEN}").reveal())
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("Option 'token': environment variable 'TOKEN' is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${ENV:X}",
                "${vault:s3cret}",
                "${s3cret}",
                "${env:}",
                "${file: }",
                "${}",
                "${env:A}s3cret${env:B}"
            })
    void aReferenceOfNoKnownKindIsRefusedWithoutRepeatingIt(String value) {
        assertThatThrownBy(() -> references.parse("token", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option 'token' looks like a reference, but is neither ${env:NAME} nor ${file:PATH}");
    }

    @Test
    void aTextMayBeginAndEndWithReferences() {
        environment.put("USER", "me");
        environment.put("PASS", "s3cret");

        assertThat(references.parseText("header.x", "${env:USER}:${env:PASS}").reveal())
                .isEqualTo("me:s3cret");
        assertThatThrownBy(() -> references
                        .parseText("header.x", "${env:NONE}s3cret${env:PASS}")
                        .reveal())
                .hasMessage("Option 'header.x': environment variable 'NONE' is not set");
    }

    @Test
    void aFileIsReadWithoutTheWhiteSpaceAroundItsContent() throws IOException {
        assertThat(fileSecret(write("\n s3cret \n")).reveal()).isEqualTo("s3cret");
    }

    @Test
    void aFileIsNotTouchedBeforeTheFirstUse() {
        assertThat(fileSecret(directory.resolve("later"))).isNotNull();
    }

    @Test
    void aFileIsReadAgainWhenItsSizeChanges() throws IOException {
        Path file = write("one");
        Secret secret = fileSecret(file);
        secret.reveal();

        write("three");
        Files.setLastModifiedTime(file, NOON);

        assertThat(secret.reveal()).isEqualTo("three");
    }

    @Test
    void aFileIsReadAgainWhenItsTimeChanges() throws IOException {
        Path file = write("one");
        Secret secret = fileSecret(file);
        secret.reveal();

        write("two");
        Files.setLastModifiedTime(file, FileTime.fromMillis(NOON.toMillis() + 1));

        assertThat(secret.reveal()).isEqualTo("two");
    }

    @Test
    void aFileThatAnotherOneReplacedIsReadAgain() throws IOException {
        Path file = write("one");
        Secret secret = fileSecret(file);
        secret.reveal();

        Path other = Files.writeString(directory.resolve("other"), "two");
        Files.setLastModifiedTime(other, NOON);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(secret.reveal()).isEqualTo("two");
    }

    @Test
    void aFileThatHasNotChangedIsNotReadAgain() throws IOException {
        Path file = write("one");
        Secret secret = fileSecret(file);
        secret.reveal();

        write("two");

        assertThat(secret.reveal()).isEqualTo("one");
    }

    @Test
    void aRefusedSecretOfAFileIsReadAgainInAnyCase() throws IOException {
        Path file = write("one");
        Secret secret = fileSecret(file);
        secret.reveal();
        write("two");

        assertThat(secret.invalidate()).isTrue();

        assertThat(secret.reveal()).isEqualTo("two");
    }

    @Test
    void aRefusedSecretThatCannotChangeSaysSo() {
        assertThat(references.parse("token", "s3cret").invalidate()).isFalse();
        assertThat(references.parse("token", "${env:TOKEN}").invalidate()).isFalse();
    }

    @Test
    void aMissingFileIsNamedWithItsOption() {
        Path file = directory.resolve("absent");

        assertThatThrownBy(() -> fileSecret(file).reveal())
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("Option 'token': file '" + file + "' does not exist");
    }

    @Test
    void anEmptyFileIsAnError() throws IOException {
        Path file = write(" \n");

        assertThatThrownBy(() -> fileSecret(file).reveal())
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("Option 'token': file '" + file + "' is empty");
    }

    @Test
    void aDirectoryIsNotRead() {
        assertThatThrownBy(() -> fileSecret(directory).reveal())
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("Option 'token': file '" + directory + "' is a directory");
    }

    @Test
    void aFileThatIsTooLongForASecretIsNotReadWhole() throws IOException {
        Path file = write("x".repeat(70_000));

        assertThatThrownBy(() -> fileSecret(file).reveal())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("is longer than 65536 bytes");
    }

    @Test
    void secretsOfOneSourceAreEqual() {
        for (String value : new String[] {"s3cret", "${env:TOKEN}", "${file:/a}"}) {
            assertThat(references.parse("token", value))
                    .isEqualTo(references.parse("token", value))
                    .hasSameHashCodeAs(references.parse("token", value))
                    .isNotEqualTo(references.parse("password", value));
        }
    }

    private Path write(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), content);
        return Files.setLastModifiedTime(file, NOON);
    }

    private Secret fileSecret(Path file) {
        return references.parse("token", "${file:" + file + "}");
    }
}

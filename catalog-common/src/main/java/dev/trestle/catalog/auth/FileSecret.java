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

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A secret in a file that something else may rewrite or replace: each use asks the file system for the file's time, size
 * and identity, and reads it only when one of them has changed.
 */
final class FileSecret implements Secret {

    private static final int MAX_BYTES = 64 * 1024;

    private final String key;
    private final Path path;

    /** What was read last; null before the first use and after {@link #invalidate}. */
    private volatile Reading last;

    FileSecret(String key, Path path) {
        this.key = requireNonNull(key, "key is null");
        this.path = requireNonNull(path, "path is null").toAbsolutePath();
    }

    @Override
    public String reveal() {
        try {
            // Before the content: a change between the two is then seen at the next use.
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw failure("is a directory", null);
            }
            FileStamp stamp = FileStamp.of(attributes);
            Reading known = last;
            if (known != null && known.stamp.equals(stamp)) {
                return known.content;
            }
            String content = read();
            last = new Reading(stamp, content);
            return content;
        } catch (NoSuchFileException e) {
            throw failure("does not exist", e);
        } catch (AccessDeniedException e) {
            throw failure("may not be read by this process", e);
        } catch (IOException e) {
            throw failure("cannot be read", e);
        }
    }

    private String read() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw failure("is longer than " + MAX_BYTES + " bytes, so it is not a secret's", null);
        }
        String content = new String(bytes, UTF_8).strip();
        if (content.isEmpty()) {
            throw failure("is empty", null);
        }
        return content;
    }

    @Override
    public boolean invalidate() {
        last = null;
        return true;
    }

    private AuthenticationException failure(String problem, IOException cause) {
        return new AuthenticationException("Option '" + key + "': file '" + path + "' " + problem, cause);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileSecret that && key.equals(that.key) && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, path);
    }

    @Override
    public String toString() {
        return "Secret[" + key + " from file " + path + "]";
    }

    /** No record, whose toString would hold the content. */
    private static final class Reading {
        private final FileStamp stamp;
        private final String content;

        Reading(FileStamp stamp, String content) {
            this.stamp = stamp;
            this.content = content;
        }
    }
}

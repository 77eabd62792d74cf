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
package dev.trestle.trino.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.fs.Path;

/** Turns what Trino's file systems throw into what Paimon expects, and into words about the catalog's properties. */
final class FileErrors {

    private static final Map<String, String> ENABLED_BY = Map.of(
            "file", "fs.local.enabled",
            "s3", "fs.s3.enabled",
            "s3a", "fs.s3.enabled",
            "oss", "fs.s3.enabled",
            "gs", "fs.gcs.enabled",
            "abfs", "fs.azure.enabled",
            "abfss", "fs.azure.enabled",
            "hdfs", "fs.hadoop.enabled",
            "viewfs", "fs.hadoop.enabled");

    private FileErrors() {}

    @FunctionalInterface
    interface Operation<T> {
        T run() throws IOException;
    }

    static <T> T call(Path path, Operation<T> operation) throws IOException {
        try {
            return operation.run();
        } catch (IOException e) {
            throw translate(path, e);
        } catch (IllegalArgumentException e) {
            throw isUnknownScheme(e) ? noFileSystem(path, e) : e;
        }
    }

    private static boolean isUnknownScheme(IllegalArgumentException thrown) {
        return thrown.getMessage() != null && thrown.getMessage().startsWith("No factory for location");
    }

    private static UnsupportedOperationException noFileSystem(Path path, IllegalArgumentException cause) {
        String scheme = Optional.ofNullable(path.toUri().getScheme()).orElse("file");
        String property = ENABLED_BY.get(scheme);
        return new UnsupportedOperationException(
                property == null
                        ? "Trino has no file system for '" + scheme + "', in which " + path + " lies"
                        : "The catalog has no file system for '" + scheme + "', in which " + path + " lies: set "
                                + property + "=true in its properties",
                cause);
    }

    /** A refusal by the store is told apart, since a newer credential may do. */
    static IOException translate(Path path, IOException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && (message.contains("Status Code: 403") || message.contains("Status Code: 401"))) {
                AccessDeniedException denied = new AccessDeniedException(path.toString(), null, message);
                denied.initCause(thrown);
                return denied;
            }
        }
        return thrown;
    }
}

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
package dev.trestle.spark.read.parquet;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.paimon.fs.Path;
import org.apache.paimon.utils.FileUtils;

/** Says of a failure which file could not be read: Parquet's library does not. */
record FileFailure(String table, Path file) {

    IOException of(Exception cause) {
        if (cause instanceof FileNotFoundException) {
            // Its message says how a table's file goes missing.
            IOException missing = FileUtils.newFileNotFoundException(file);
            missing.initCause(cause);
            return missing;
        }
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new IOException("Cannot read file %s of table %s: %s".formatted(file, table, reason), cause);
    }
}

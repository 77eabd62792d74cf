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
package dev.trestle.trino.read;

import static io.trino.spi.ErrorType.EXTERNAL;

import dev.trestle.trino.TrinoErrors;
import io.trino.orc.OrcCorruptionException;
import io.trino.parquet.ParquetCorruptionException;
import io.trino.spi.ErrorCode;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.TrinoException;
import java.io.EOFException;
import java.util.Optional;

/** What goes wrong while rows are read, in Trino's terms. */
final class ReadErrors {

    /** A file that is there, and is not what it should be. */
    enum Code implements ErrorCodeSupplier {
        TRESTLE_BAD_DATA;

        private static final int FIRST = 0x0535_0000;

        @Override
        public ErrorCode toErrorCode() {
            return new ErrorCode(FIRST + ordinal(), name(), EXTERNAL);
        }
    }

    private ReadErrors() {}

    static TrinoException translate(Exception thrown) {
        return TrinoErrors.translate("read the table", thrown);
    }

    /** @param file its path, and the table that it is of where that is known */
    static TrinoException ofFile(String file, Exception thrown) {
        return corruption("File " + file, thrown).orElseGet(() -> TrinoErrors.translate("read file " + file, thrown));
    }

    /** @param source of rows that are made of more than one file */
    static TrinoException ofRows(String source, Exception thrown) {
        return corruption("A file of " + source, thrown)
                .orElseGet(() -> TrinoErrors.translate("read " + source, thrown));
    }

    private static Optional<TrinoException> corruption(String what, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ParquetCorruptionException
                    || cause instanceof OrcCorruptionException
                    || cause instanceof EOFException) {
                return Optional.of(
                        new TrinoException(Code.TRESTLE_BAD_DATA, what + " is corrupt: " + cause.getMessage(), thrown));
            }
        }
        return Optional.empty();
    }
}

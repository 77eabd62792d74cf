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

import io.trino.spi.ErrorCode;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.ErrorType;

/** Failures that Trino has no code for. */
public enum TrestleErrorCode implements ErrorCodeSupplier {
    /** A change may or may not be applied; the message says what to look at. */
    OUTCOME_UNKNOWN(0, ErrorType.EXTERNAL),
    /** The service cannot be reached, or does not answer in time. */
    SERVICE_UNAVAILABLE(1, ErrorType.EXTERNAL),
    /** The service accepts no token of this catalog or user, or none could be had. */
    NOT_AUTHENTICATED(2, ErrorType.EXTERNAL),
    /** The service failed, or answered what is not understood. */
    SERVICE_ERROR(3, ErrorType.EXTERNAL),
    /** A file of a table is not there any more. */
    FILE_GONE(4, ErrorType.EXTERNAL);

    private static final int FIRST = 0x0554_0000;

    private final ErrorCode errorCode;

    TrestleErrorCode(int code, ErrorType type) {
        this.errorCode = new ErrorCode(FIRST + code, "TRESTLE_" + name(), type);
    }

    @Override
    public ErrorCode toErrorCode() {
        return errorCode;
    }
}

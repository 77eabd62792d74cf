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
package dev.trestle.catalog.api;

import static java.util.Objects.requireNonNull;

/**
 * A change may or may not have been applied, and reading the object did not tell. The message says what to look at before
 * the statement is repeated. Nothing has been cleaned up.
 */
public class OutcomeUnknownException extends ServiceException {

    private static final long serialVersionUID = 1L;

    private final Throwable reason;

    /** @param reason suppressed, since of a chain of causes Flink's clients show the last alone, which would be that one */
    public OutcomeUnknownException(String message, Throwable reason) {
        super(message);
        this.reason = requireNonNull(reason, "reason is null");
        addSuppressed(reason);
    }

    /** Why the outcome is unknown. */
    public Throwable reason() {
        return reason;
    }
}

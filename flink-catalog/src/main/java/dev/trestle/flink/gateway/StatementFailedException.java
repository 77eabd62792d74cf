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
package dev.trestle.flink.gateway;

import static java.util.Objects.requireNonNull;

/** Flink refused a statement, or its job failed. The message is that of the innermost cause. */
public abstract sealed class StatementFailedException extends GatewayException
        permits SqlErrorException, JobFailedException {

    private static final long serialVersionUID = 1L;

    private final String causeClass;
    private final String serverTrace;

    StatementFailedException(ErrorTrace error) {
        super(error.message());
        this.causeClass = requireNonNull(error.causeClass(), "causeClass is null");
        this.serverTrace = requireNonNull(error.trace(), "trace is null");
    }

    /** The class of the innermost cause at the gateway, or an empty text where it cannot be told. */
    public String causeClass() {
        return causeClass;
    }

    /** The gateway's whole stack trace. It may quote the statement, and so a secret in it: not for logs. */
    public String serverTrace() {
        return serverTrace;
    }
}

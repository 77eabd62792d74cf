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
package dev.trestle.catalog.queryauth;

/**
 * A read or a change that cannot be done while the service restricts what may be read of the table. It is an unsupported
 * operation, so that who can do without it takes another way.
 */
public final class QueryAuthException extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    /** An error whose message names the table and says what to do; never a literal of a filter or a mask. */
    public QueryAuthException(String message) {
        super(message);
    }

    QueryAuthException(String message, Throwable cause) {
        super(message, cause);
    }
}

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

/** The address answered, and not as a catalog service: a wrong {@code uri} or {@code prefix}, or a service that lacks the endpoint. Never a statement about the object that was asked for. */
public class EndpointMissingException extends ServiceException {

    private static final long serialVersionUID = 1L;

    public EndpointMissingException(String message, Throwable cause) {
        super(message, cause);
    }

    public EndpointMissingException(String message) {
        super(message);
    }
}

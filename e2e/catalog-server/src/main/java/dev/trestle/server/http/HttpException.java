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
package dev.trestle.server.http;

/** A request that is refused for reasons of HTTP, before a catalog sees it. */
public class HttpException extends RuntimeException {

    private final int status;

    /** A refusal with its status code. */
    public HttpException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The status code to answer. */
    public int status() {
        return status;
    }
}

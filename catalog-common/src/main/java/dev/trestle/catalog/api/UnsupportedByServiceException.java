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

/**
 * The service or its dialect has no such operation (HTTP 501, or known before a request is sent). An
 * {@link UnsupportedOperationException}, since that is the type on which Paimon falls back to files.
 */
public class UnsupportedByServiceException extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    public UnsupportedByServiceException(String message) {
        super(message);
    }
}

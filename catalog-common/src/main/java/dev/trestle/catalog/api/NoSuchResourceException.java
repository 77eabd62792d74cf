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

/** The service has no such object (HTTP 404 with the catalog's own error body). */
public class NoSuchResourceException extends ServiceException {

    private static final long serialVersionUID = 1L;

    private final ResourceType resourceType;
    private final String resourceName;

    public NoSuchResourceException(String message, ResourceType resourceType, String resourceName) {
        super(message);
        this.resourceType = requireNonNull(resourceType, "resourceType is null");
        this.resourceName = requireNonNull(resourceName, "resourceName is null");
    }

    /** The kind of the object that the service names, which need not be the kind that was asked for. */
    public ResourceType resourceType() {
        return resourceType;
    }

    /** The name that the service gives; empty where it gives none. */
    public String resourceName() {
        return resourceName;
    }
}

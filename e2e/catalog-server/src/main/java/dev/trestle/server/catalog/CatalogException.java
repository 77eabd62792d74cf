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
package dev.trestle.server.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** An operation that the catalog refuses, with the reason in words for the person who asked for it. */
public class CatalogException extends RuntimeException {

    private final Kind kind;
    private final transient Optional<Subject> subject;

    /** Why an operation is refused. */
    public enum Kind {
        /** The request makes no sense, whatever the catalog holds. */
        INVALID,
        /** Something that it names is not there. */
        NOT_FOUND,
        /** Something that it would make is there already. */
        ALREADY_EXISTS,
        /** The state has moved on since the requester looked: look again. */
        CONFLICT,
        /** This server does not do that. */
        UNSUPPORTED
    }

    /** Kinds of objects in a catalog. */
    public enum Resource {
        DATABASE,
        TABLE,
        COLUMN,
        SNAPSHOT,
        BRANCH,
        TAG,
        VIEW,
        DIALECT,
        FUNCTION,
        DEFINITION
    }

    /** The object that an error is about. */
    public record Subject(Resource resource, String name) {
        public Subject {
            requireNonNull(resource, "resource is null");
        }
    }

    private CatalogException(Kind kind, Optional<Subject> subject, String message) {
        super(message);
        this.kind = kind;
        this.subject = subject;
    }

    /** The request makes no sense. */
    public static CatalogException invalid(String message) {
        return new CatalogException(Kind.INVALID, Optional.empty(), message);
    }

    /** Something that the request names is not there. */
    public static CatalogException notFound(Resource resource, String name, String message) {
        return new CatalogException(Kind.NOT_FOUND, Optional.of(new Subject(resource, name)), message);
    }

    /** Something that the request would make is there already. */
    public static CatalogException alreadyExists(Resource resource, String name, String message) {
        return new CatalogException(Kind.ALREADY_EXISTS, Optional.of(new Subject(resource, name)), message);
    }

    /** The state has moved on since the requester looked. */
    public static CatalogException conflict(Resource resource, String name, String message) {
        return new CatalogException(Kind.CONFLICT, Optional.of(new Subject(resource, name)), message);
    }

    /** This server does not do that. */
    public static CatalogException unsupported(String message) {
        return new CatalogException(Kind.UNSUPPORTED, Optional.empty(), message);
    }

    static CatalogException noDatabase(String name) {
        return notFound(Resource.DATABASE, name, "Database " + name + " does not exist.");
    }

    static CatalogException noTable(String database, String name) {
        return notFound(Resource.TABLE, name, "Table " + database + "." + name + " does not exist.");
    }

    static CatalogException tableExists(String database, String name) {
        return alreadyExists(Resource.TABLE, name, "Table " + database + "." + name + " already exists.");
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }

    /** About what. */
    public Optional<Subject> subject() {
        return subject;
    }
}

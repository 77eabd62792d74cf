/**
 * The catalog's durable state in a relational database: names, ids, paths, properties and audit fields. It knows SQL
 * and nothing of HTTP, of Paimon, or of files other than the database's own.
 */
package dev.trestle.server.store;

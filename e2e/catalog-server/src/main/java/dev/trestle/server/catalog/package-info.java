/**
 * What the catalog does: one class a resource, without a word about HTTP or JSON. A dialect translates requests into
 * calls of these classes, and {@link dev.trestle.server.catalog.CatalogException} into its own error answers.
 */
package dev.trestle.server.catalog;

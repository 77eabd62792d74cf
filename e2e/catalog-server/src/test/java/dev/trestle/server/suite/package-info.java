/**
 * One suite for every pairing of a client and a server of the Paimon REST API. A module that has a client extends
 * {@link dev.trestle.server.suite.CatalogSuite} once a server.
 */
package dev.trestle.server.suite;

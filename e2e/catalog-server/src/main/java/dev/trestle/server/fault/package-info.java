/**
 * Faults of a network and of what stands between a client and a server, on demand: for tests of clients. It stands on
 * nothing but the JDK.
 */
package dev.trestle.server.fault;

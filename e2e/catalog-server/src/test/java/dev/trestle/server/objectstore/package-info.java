/** An object store for tests, which checks signatures and the keys that the catalog server vends. */
package dev.trestle.server.objectstore;

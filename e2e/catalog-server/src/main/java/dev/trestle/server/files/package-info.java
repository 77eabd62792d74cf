/** The tables' files: where they lie, and Paimon's own classes that read and write them. */
package dev.trestle.server.files;

/** The Paimon REST API: paths, JSON and error answers, over the catalog's operations. */
package dev.trestle.server.paimon;

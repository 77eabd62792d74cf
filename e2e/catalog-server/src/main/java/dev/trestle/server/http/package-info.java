/** HTTP without a catalog: calls, answers, routes, and the listener that serves them. */
package dev.trestle.server.http;

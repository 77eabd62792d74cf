/** Who sent a call: a bearer token, a user with a password, or a DLF signature, verified. */
package dev.trestle.server.auth;

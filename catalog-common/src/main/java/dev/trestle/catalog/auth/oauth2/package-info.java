/** OAuth 2.0 (RFC 6749): tokens of an authorization server, one class a grant. */
package dev.trestle.catalog.auth.oauth2;

/**
 * The StarRocks RESTful API standard over the catalog's operations: the same databases and tables as in the other dialect. Kept
 * strictly, so that a client that takes liberties is found out here.
 */
package dev.trestle.server.starrocks;

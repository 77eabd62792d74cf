/**
 * The StarRocks RESTful API standard (3.5): paths, JSON and error mapping. The standard fixes conventions and lists no catalog
 * endpoints, so what the fields mean is in part this project's own: the core's page says which part.
 */
package dev.trestle.catalog.starrocks;

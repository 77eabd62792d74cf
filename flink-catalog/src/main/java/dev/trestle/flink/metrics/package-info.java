/**
 * Shows in Flink's metrics what jobs do on the catalog service. Flink gives a catalog no metric group; sources and sinks have
 * one where they run, so those of Paimon are taken into ones that register the catalog's counts there.
 */
package dev.trestle.flink.metrics;

package io.limpid.model;

/** One thing that a publisher's documents say. */
public sealed interface FeedRecord permits Advisory, VulnerabilityDetails, RepositoryProducts {}

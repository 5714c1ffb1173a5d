package io.limpid.model;

/** How bad a vulnerability is, from the worst to the least; the order is the reports' order. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    NEGLIGIBLE,
    UNKNOWN
}

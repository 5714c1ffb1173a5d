@org.jspecify.annotations.NullMarked
package io.limpid.cli;

@org.jspecify.annotations.NullMarked
package io.limpid.bench;

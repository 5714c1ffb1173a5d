/** What Clair 2.0 means by namespaces, features, layers and vulnerabilities: the ground that the server's other packages stand on. */
@NullMarked
package io.limpid.server.clair;

import org.jspecify.annotations.NullMarked;

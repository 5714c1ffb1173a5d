package io.limpid.house.wrong.detect.apk;

import io.limpid.house.wrong.detect.dpkg.Sibling;

/** An extension that cannot be deleted alone. */
public record KnowsSibling(Sibling sibling) {}

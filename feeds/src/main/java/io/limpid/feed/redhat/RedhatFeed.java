package io.limpid.feed.redhat;

final class RedhatFeed {
    static final String ID = "redhat";
}

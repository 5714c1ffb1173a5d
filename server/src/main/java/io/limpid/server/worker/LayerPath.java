package io.limpid.server.worker;

/** The path of a layer as a log may show it. */
final class LayerPath {
    private LayerPath() {}

    /** Whether it is fetched, by the only two spellings that the original knows. */
    static boolean isWeb(String path) {
        return path.startsWith("http://") || path.startsWith("https://");
    }

    /** Without what is secret in a URL: user, password and parameters. */
    static String shown(String path) {
        if (!isWeb(path)) {
            return path;
        }
        int query = path.indexOf('?');
        String place = query < 0 ? path : path.substring(0, query);
        int start = place.indexOf("//") + 2;
        int slash = place.indexOf('/', start);
        int at = place.lastIndexOf('@', slash < 0 ? place.length() : slash);
        return at < start ? place : place.substring(0, start) + place.substring(at + 1);
    }
}

package io.limpid.image;

/** When two spellings name the same image: {@code alpine}, {@code alpine:latest}, {@code docker.io/library/alpine:latest}. */
final class ImageNames {
    private ImageNames() {}

    static boolean same(String one, String other) {
        return one.equals(other) || full(one).equals(full(other));
    }

    /** The name with registry, repository and tag, as Docker completes it. */
    private static String full(String name) {
        String repository = name;
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        if (first.equals("index.docker.io")) {
            repository = "docker.io" + repository.substring(slash);
        } else if (slash < 0) {
            repository = "docker.io/library/" + repository;
        } else if (!first.contains(".") && !first.contains(":") && !first.equals("localhost")) {
            repository = "docker.io/" + repository;
        }
        boolean tagged = repository.indexOf('@') >= 0 || repository.lastIndexOf(':') > repository.lastIndexOf('/');
        return tagged ? repository : repository + ":latest";
    }
}

package io.limpid.image.registry;

/** What a registry is shown to say who asks; none of them shows its secret when it is written out. */
public sealed interface Credentials {

    /** Where they were found, for messages: a file or program. */
    String source();

    /** Nothing: who asks is anybody. */
    record Anonymous() implements Credentials {

        @Override
        public String source() {
            return "";
        }
    }

    /** A user and a password. */
    record Login(String user, String password, String source) implements Credentials {

        @Override
        public String toString() {
            return "login from " + source;
        }
    }

    /** A token that the token server gives others for (Docker's {@code identitytoken}, OAuth's refresh token). */
    record IdentityToken(String token, String source) implements Credentials {

        @Override
        public String toString() {
            return "identity token from " + source;
        }
    }

    /** A token that is shown as it is (Docker's {@code registrytoken}). */
    record RegistryToken(String token, String source) implements Credentials {

        @Override
        public String toString() {
            return "registry token from " + source;
        }
    }
}

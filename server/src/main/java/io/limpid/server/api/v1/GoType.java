package io.limpid.server.api.v1;

/** A Go type that JSON is decoded into. */
sealed interface GoType permits GoType.Basic, GoType.ListOf, GoStruct {

    /** Its name in Go's messages. */
    String goName();

    /** The types that are not made here. */
    enum Basic implements GoType {
        TEXT("string"),
        INT("int"),
        TEXTS("map[string]string"),
        TEXT_LIST("[]string"),
        ANYTHING("map[string]interface {}");

        private final String goName;

        Basic(String goName) {
            this.goName = goName;
        }

        @Override
        public String goName() {
            return goName;
        }
    }

    /** A slice of structs. */
    record ListOf(GoStruct of) implements GoType {
        @Override
        public String goName() {
            return "[]" + of.goName();
        }
    }
}

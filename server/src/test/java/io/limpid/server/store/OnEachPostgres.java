package io.limpid.server.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test class that runs as often as there are kinds of PostgreSQL; {@link TestDatabases#fresh()} is one of the kind whose turn it is. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(OnEachPostgres.Kinds.class)
public @interface OnEachPostgres {

    /** A turn for each kind; those this machine does not have are skipped with a word. */
    final class Kinds implements ClassTemplateInvocationContextProvider {
        @Override
        public boolean supportsClassTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<Turn> provideClassTemplateInvocationContexts(ExtensionContext context) {
            return Stream.of(TestDatabases.Kind.values()).map(Turn::new);
        }
    }

    /** One kind's turn. */
    record Turn(TestDatabases.Kind kind) implements ClassTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return kind.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(
                    (BeforeClassTemplateInvocationCallback) _ -> TestDatabases.choose(kind),
                    (AfterClassTemplateInvocationCallback) _ -> TestDatabases.choose(null));
        }
    }
}

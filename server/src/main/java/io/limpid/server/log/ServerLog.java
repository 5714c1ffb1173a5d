package io.limpid.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Sets up the log without a file: found by logback through {@code META-INF/services}. */
public final class ServerLog extends ContextAwareBase implements Configurator {
    /** The names of {@code -log-level}: logrus' in Clair, of which the first three mean the same here. */
    public static final List<String> LEVELS =
            List.of("panic", "fatal", "error", "warning", "warn", "info", "debug", "trace");

    private static final String CONSOLE = "console";

    /** Must be called before the first logger is asked for: the command line's jar has a silent log of its own. */
    public static void choose() {
        System.setProperty("slf4j.provider", "ch.qos.logback.classic.spi.LogbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    /** From now on events of this level and above are written; any case, one of {@link #LEVELS}. */
    public static void level(String name) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            boolean fine = name.equalsIgnoreCase("debug") || name.equalsIgnoreCase("trace");
            context.getLogger("io.limpid").setLevel(meaning(name));
            // Of libraries only what went wrong is of interest, until somebody looks for a fault.
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(fine ? Level.INFO : Level.WARN);
        }
    }

    /** From now on events are written to stderr and no longer to stdout. */
    public static void toStderr() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(CONSOLE)
                        instanceof ConsoleAppender<ILoggingEvent> appender) {
            appender.stop();
            appender.setTarget(ConsoleTarget.SystemErr.getName());
            appender.start();
        }
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ClairLayout layout = new ClairLayout(ZoneId.systemDefault());
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setName(CONSOLE);
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("io.limpid").setLevel(Level.INFO);
        // It warns of two servers in one process, which the API and health are.
        context.getLogger("io.micrometer").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Level meaning(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "panic", "fatal", "error" -> Level.ERROR;
            case "warning", "warn" -> Level.WARN;
            case "debug" -> Level.DEBUG;
            case "trace" -> Level.TRACE;
            default -> Level.INFO;
        };
    }
}

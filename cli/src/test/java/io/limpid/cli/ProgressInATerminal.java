package io.limpid.cli;

/** Works for as long as it takes to be seen, then prints a result; what {@link ProgressTest} starts in a terminal. */
final class ProgressInATerminal {
    private ProgressInATerminal() {}

    public static void main(String[] phases) throws Exception {
        Console console = Console.ofProcess();
        try (Progress progress = Progress.of(console, false)) {
            for (String phase : phases) {
                progress.phase(phase);
                while (progress.isPainting() && !progress.shows(phase)) {
                    Thread.sleep(10);
                }
            }
        }
        console.print("the result\n");
    }
}

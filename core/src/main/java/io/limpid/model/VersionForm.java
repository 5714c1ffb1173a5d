package io.limpid.model;

import java.util.regex.Pattern;

/** How a distribution's VERSION_ID becomes the name of a release that advisories use. */
public enum VersionForm {
    /** {@code 12.5} is {@code 12}. */
    MAJOR,
    /** {@code 22.04.3} is {@code 22.04}. */
    MINOR,
    /** {@code 15.3} stays. */
    WHOLE,
    /** As {@link #MINOR}, but what edge calls itself is {@code edge}. */
    ALPINE,
    /** The first Amazon Linux is one release for ever, whatever month it names; the later ones are named by a number or a year. */
    AMAZON,
    /** There is one release for ever. */
    ROLLING;

    static final String EDGE = "edge";

    /** What edge calls itself before 3.21: the day it was made. */
    private static final Pattern DAY = Pattern.compile("\\d{8}");

    private static final Pattern CANDIDATE = Pattern.compile("_rc\\d*$");
    private static final Pattern OF_THE_FIRST = Pattern.compile("20[01]\\d(?:\\.\\d\\d)?");
    private static final String LAST_OF_THE_FIRST = "2018.03";

    /** The name of the release with this VERSION_ID; where there is one for ever, the VERSION_ID itself. */
    String release(String versionId) {
        return switch (this) {
            case MAJOR -> firstParts(versionId, 1);
            case MINOR -> firstParts(versionId, 2);
            case WHOLE, ROLLING -> versionId;
            case ALPINE -> alpine(versionId);
            case AMAZON -> OF_THE_FIRST.matcher(versionId).matches() ? LAST_OF_THE_FIRST : firstParts(versionId, 1);
        };
    }

    /** Edge calls itself by the release to come, 3.21.0_alpha20240923; a candidate, 3.20.0_rc1, is that release. */
    private static String alpine(String versionId) {
        boolean edge = versionId.equals(EDGE)
                || versionId.contains("_alpha")
                || DAY.matcher(versionId).matches();
        return edge ? EDGE : firstParts(CANDIDATE.matcher(versionId).replaceFirst(""), 2);
    }

    /** The text up to the dot after so many parts. */
    static String firstParts(String text, int parts) {
        int end = -1;
        for (int i = 0; i < parts; i++) {
            end = text.indexOf('.', end + 1);
            if (end < 0) {
                return text;
            }
        }
        return text.substring(0, end);
    }
}

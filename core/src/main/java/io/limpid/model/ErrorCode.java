package io.limpid.model;

/** Why a request could not be carried out at all; decides the exit code of the command line. */
public enum ErrorCode {
    /** The command line, the reference or an option makes no sense. */
    USAGE,
    /** What was named is not there or may not be read. */
    NOT_FOUND,
    /** The bytes are no image, archive or document of a kind that is known. */
    NOT_AN_IMAGE,
    /** The image contradicts itself: a missing blob, a wrong digest, an unreadable manifest. */
    BROKEN_IMAGE,
    /** Several images or platforms are there and none was chosen. */
    AMBIGUOUS,
    /** Something could not be fetched. */
    NETWORK,
    /** Advisory data are not what their format says, or cannot be used. */
    BROKEN_ADVISORIES,
    /** A bound of {@link Limits} was reached. */
    LIMIT,
    /** Reading or writing failed in the operating system. */
    IO
}

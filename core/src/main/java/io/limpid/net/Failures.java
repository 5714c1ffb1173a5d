package io.limpid.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.jspecify.annotations.Nullable;

/** Puts what went wrong on a connection into words, and tells what may pass from what will last. */
final class Failures {
    private static final int LONGEST_DETAIL = 200;

    private static final String OFFLINE =
            "check the network; behind a proxy set HTTPS_PROXY (and HTTP_PROXY); --offline works with what is there";
    private static final String CA =
            "if a proxy or a mirror has certificates of its own authority, name that authority's"
                    + " PEM file with SSL_CERT_FILE";

    private static final String CLOCK =
            "check the clock of this machine; if that is right, who runs the server has to renew the certificate";

    /** What a server says (RFC 8446, 6.2) of the certificate of who asks. */
    private static final Pattern ALERT = Pattern.compile("fatal alert: (bad_certificate|unsupported_certificate"
            + "|certificate_revoked|certificate_expired|certificate_unknown|unknown_ca|certificate_required)\\b");

    private Failures() {}

    /** A connection that did not come about, or an exchange of heads that did not. */
    static NetFailure before(Exception failure, Peer peer, Watchdog watchdog) {
        return switch (failure) {
            case NetFailure known -> known;
            case Exception _ when watchdog.hasBarked() -> late(peer, watchdog).because(failure);
            case UnknownHostException _ -> noSuchHost(failure, peer).because(failure);
            case SocketTimeoutException _ -> late(peer, watchdog).because(failure);
            case NoRouteToHostException _ ->
                NetFailure.lasting(peer + " cannot be reached: there is no way to it", OFFLINE)
                        .because(failure);
            case ConnectException _ -> notConnected(failure, peer).because(failure);
            case SSLException ssl -> tls(ssl, peer).because(failure);
            case UnsupportedHttpVersionException _ -> noHttp(peer).because(failure);
            case MessageConstraintException _ ->
                NetFailure.lasting("the head of the answer of " + peer + " is larger than allowed", null)
                        .because(failure);
            case NoHttpResponseException _ ->
                NetFailure.passing(peer + " closed the connection without an answer", null)
                        .because(failure);
            case WholeHead.CutException _ ->
                NetFailure.passing(peer + " closed the connection within the head of its answer", null)
                        .because(failure);
            case ConnectionClosedException _ ->
                NetFailure.passing(peer + " closed the connection before its answer began", null)
                        .because(failure);
            case HttpException _ -> noHttp(peer).because(failure);
            case EOFException _ -> reset(peer, watchdog.phase()).because(failure);
            case SocketException e
            when unreachable(e) ->
                NetFailure.lasting(peer + " cannot be reached: there is no network", OFFLINE)
                        .because(failure);
            case SocketException _ -> reset(peer, watchdog.phase()).because(failure);
            case IllegalStateException _ ->
                NetFailure.lasting("the client was closed meanwhile", null).because(failure);
            case InterruptedIOException _ ->
                NetFailure.lasting("it was interrupted", null).because(failure);
            default ->
                NetFailure.passing("the connection to " + peer + " failed: " + detail(failure), null)
                        .because(failure);
        };
    }

    /** Throws when there is no time left to begin anything. */
    static void whenOver(Deadline total) throws NetFailure {
        if (total.isOver()) {
            throw over(total.whole());
        }
    }

    private static NetFailure over(Duration whole) {
        return NetFailure.lasting("it was not done within " + Amounts.of(whole), null);
    }

    private static NetFailure late(Peer peer, Watchdog watchdog) {
        if (watchdog.isTotal()) {
            return over(watchdog.limit());
        }
        String limit = Amounts.of(watchdog.limit());
        return watchdog.phase() == Watchdog.Phase.CONNECT
                ? NetFailure.passing("no connection to " + peer + " within " + limit, OFFLINE)
                : NetFailure.passing("no answer of " + peer + " within " + limit, null);
    }

    private static NetFailure noSuchHost(Exception failure, Peer peer) {
        // What the resolver says when it could not ask; else it did, and there is none.
        boolean notAsked = String.valueOf(failure.getMessage()).contains("Temporary failure");
        String reason = (notAsked ? "the name could not be looked up: " : "no such host: ") + peer.name();
        return notAsked ? NetFailure.passing(reason, OFFLINE) : NetFailure.lasting(reason, OFFLINE);
    }

    private static NetFailure notConnected(Exception failure, Peer peer) {
        return unreachable(failure)
                ? NetFailure.lasting(peer + " cannot be reached: there is no network", OFFLINE)
                : NetFailure.passing(peer + " refused the connection", OFFLINE);
    }

    private static boolean unreachable(Exception failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("unreachable");
    }

    private static NetFailure noHttp(Peer peer) {
        return NetFailure.lasting("the answer of " + peer + " is not HTTP", null);
    }

    private static NetFailure reset(Peer peer, Watchdog.Phase phase) {
        String when = phase == Watchdog.Phase.CONNECT ? " while it was set up" : " before the answer was there";
        return NetFailure.passing("the connection to " + peer + " was reset" + when, null);
    }

    private static NetFailure tls(SSLException failure, Peer peer) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            NetFailure told = tlsCause(cause, peer);
            if (told != null) {
                return told;
            }
        }
        Matcher alert = ALERT.matcher(String.valueOf(failure.getMessage()));
        if (alert.find()) {
            return NetFailure.lasting(
                    peer + " refuses the certificate that it was shown, or wants one: " + alert.group(1),
                    "who runs it gives out certificates");
        }
        return NetFailure.lasting("TLS with " + peer + " failed: " + detail(failure), CA);
    }

    /** What one of the nested causes of a failed handshake says; null when the next may say more. */
    private static @Nullable NetFailure tlsCause(Throwable cause, Peer peer) {
        String certificate = "the certificate of " + peer;
        return switch (cause) {
            case CertificateExpiredException _, CertificateNotYetValidException _ ->
                NetFailure.lasting(certificate + " is not valid today", CLOCK);
            case CertPathBuilderException _, CertPathValidatorException _
            when deepest(cause) instanceof CertificateException -> null;
            case CertPathBuilderException _, CertPathValidatorException _ ->
                NetFailure.lasting(certificate + " is not trusted: " + detail(deepest(cause)), CA);
            case CertificateException _
            when cause.getCause() == null -> NetFailure.lasting(certificate + " is not for it: " + detail(cause), null);
            case SocketTimeoutException _, SocketException _, EOFException _ ->
                NetFailure.passing("the connection to " + peer + " was closed during the TLS handshake", null);
            default -> null;
        };
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    /** A message of the platform, which may have words of the other side's certificate in it. */
    private static String detail(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        String cut = message.length() > LONGEST_DETAIL ? message.substring(0, LONGEST_DETAIL) + "..." : message;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }

    /**
     * A body that did not come to its end.
     *
     * @param passed bytes of it that have come
     * @param length bytes that were announced, -1 when none were
     */
    static NetFailure within(IOException failure, long passed, long length, Watchdog watchdog, Duration idle) {
        String come = Amounts.bytes(passed);
        String of = length < 0 ? "" : " of " + Amounts.bytes(length);
        NetFailure told = switch (failure) {
            case NetFailure known -> known;
            case IOException _
            when watchdog.hasBarked() && watchdog.isTotal() ->
                NetFailure.lasting(
                        "it was not done within " + Amounts.of(watchdog.limit()) + ": " + come + of + " came", null);
            case SocketTimeoutException _ ->
                NetFailure.passing("nothing came for " + Amounts.of(idle) + " after " + come + of, null);
            case ConnectionClosedException _, TruncatedChunkException _, EOFException _ ->
                NetFailure.passing("the connection was closed after " + come + of, null);
            case MalformedChunkCodingException e
            when isEnd(e) -> NetFailure.passing("the connection was closed after " + come + of, null);
            case MalformedChunkCodingException _, MessageConstraintException _ ->
                NetFailure.lasting("the answer is not HTTP any more after " + come, null);
            default -> NetFailure.passing("the connection was reset after " + come + of, null);
        };
        return told == failure ? told : told.because(failure);
    }

    /** Whether it is the end of the connection that was found behind a chunk: the library tells it from other bytes by its words only. */
    private static boolean isEnd(MalformedChunkCodingException failure) {
        return String.valueOf(failure.getMessage()).startsWith("CRLF expected");
    }

    /** An answer whose status is none of those that were hoped for. */
    static NetFailure status(int status, String who, @Nullable Duration retryAfter) {
        String reason = who + " answered " + Status.words(status);
        String hint = switch (status) {
            case 401, 403 -> "see whether it wants a user and a password, or refuses this machine";
            case 407 -> "put the user and the password into the proxy's URL: http://USER:PASSWORD@HOST:PORT";
            case 429 -> "the server limits how often it is asked; try later, or use a mirror";
            default -> null;
        };
        return Status.mayPass(status)
                ? NetFailure.passing(reason, hint).after(retryAfter)
                : NetFailure.lasting(reason, hint);
    }
}

package io.limpid.net;

import io.limpid.model.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** Dials one socket of the file system, whatever host a URL names: a client made with it reaches nothing else. */
final class SocketDialler implements HttpClientConnectionOperator {
    private final Path socket;

    SocketDialler(Path socket) {
        this.socket = socket;
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            @Nullable InetSocketAddress local,
            TimeValue timeout,
            SocketConfig config,
            HttpContext context)
            throws IOException {
        UnixSocket dialled = UnixSocket.open();
        // Bound before it is connected, so that it can be closed meanwhile.
        connection.bind(dialled);
        try {
            dialled.connect(socket);
        } catch (ConnectException e) {
            throw NetFailure.of(ErrorCode.NOT_FOUND, "nobody listens at " + socket, "start the daemon")
                    .because(e);
        } catch (SocketException e) {
            throw notDialled(e).because(e);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            throw NetFailure.lasting(socket + " cannot be dialled: " + e.getMessage(), null)
                    .because(e);
        }
        dialled.setSoTimeout(Dialler.millis(timeout.toDuration()));
    }

    private NetFailure notDialled(SocketException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("ermission denied")) {
            return NetFailure.of(
                    ErrorCode.NOT_FOUND,
                    "this user may not use " + socket,
                    "run as a user who may: root, or a member of the group that 'ls -l " + socket + "' shows");
        }
        if (!Files.exists(socket)) {
            return NetFailure.of(ErrorCode.NOT_FOUND, "there is no " + socket, "start the daemon");
        }
        return NetFailure.lasting(socket + " cannot be dialled: " + message, null);
    }

    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) throws IOException {
        throw NetFailure.lasting("TLS is not spoken over " + socket, null);
    }
}

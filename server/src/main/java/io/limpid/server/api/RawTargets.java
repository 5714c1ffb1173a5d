package io.limpid.server.api;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries the request line of HTTP/1 past the framework, which refuses or tidies targets that Clair answers ({@code /v1/layers/../namespaces},
 * {@code //}, methods of no standard), and closes connections whose request does not get complete.
 *
 * <p>Behind the codec, the target becomes {@code /} and the method and target in base64; {@link Line#of} reads it back.
 */
final class RawTargets extends ChannelInboundHandlerAdapter {
    /** Bytes by which the framework tells HTTP/1 from HTTP/2; then it puts the codec into the pipeline. */
    private static final int PROTOCOL_BYTES = 4;

    private static final String CODEC = "HttpServerCodec";
    private static final String DETECTOR = "HttpServerPipelineConfigurator$Http2PrefaceOrHttpHandler";

    private static final Set<HttpMethod> KNOWN = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS,
            HttpMethod.PATCH,
            HttpMethod.TRACE);

    private final long patienceMillis;
    private @Nullable ScheduledFuture<?> deadline;
    private @Nullable ByteBuf begun;
    private boolean isInstalled;
    private boolean isInside;

    private RawTargets(Duration patience) {
        this.patienceMillis = patience.toMillis();
    }

    /**
     * Method and target as the client sent them.
     *
     * @param target a character for each byte
     */
    record Line(String method, String target) {

        /** Reads them from a path of ours. */
        static @Nullable Line of(String path) {
            try {
                byte[] line = Base64.getUrlDecoder().decode(path.substring(1));
                String text = new String(line, StandardCharsets.ISO_8859_1);
                int space = text.indexOf(' ');
                return space < 0 ? null : new Line(text.substring(0, space), text.substring(space + 1));
            } catch (IllegalArgumentException _) {
                return null;
            }
        }

        /** The path that carries them. */
        String path() {
            byte[] line = (method + " " + target).getBytes(StandardCharsets.ISO_8859_1);
            return "/" + Base64.getUrlEncoder().withoutPadding().encodeToString(line);
        }
    }

    /**
     * Puts one in front of what the framework has made ready for a new connection.
     *
     * @param patience how long the head of a request may take
     */
    static void install(ChannelPipeline pipeline, boolean isTls, Duration patience) {
        RawTargets handler = new RawTargets(patience);
        if (isTls) {
            // The codec comes behind, once the handshake has told the protocol.
            pipeline.addLast(handler);
        } else {
            String detector = named(pipeline, DETECTOR);
            if (detector == null) {
                throw new IllegalStateException("another version of the framework: no " + DETECTOR);
            }
            pipeline.addBefore(detector, null, handler);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        watch(context.channel());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        watch(context.channel());
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        relax();
        if (begun != null) {
            begun.release();
            begun = null;
        }
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isInstalled || !(message instanceof ByteBuf bytes)) {
            if (!isInside) {
                watch(context.channel());
            }
            context.fireChannelRead(message);
            return;
        }
        ByteBuf all = begun == null ? bytes : begun.writeBytes(bytes);
        if (begun != null) {
            bytes.release();
            begun = null;
        }
        if (named(context.pipeline(), CODEC) == null) {
            if (all.readableBytes() < PROTOCOL_BYTES) {
                begun = context.alloc().buffer().writeBytes(all);
                all.release();
                return;
            }
            context.fireChannelRead(all.readRetainedSlice(PROTOCOL_BYTES));
        }
        isInstalled = true;
        String codec = named(context.pipeline(), CODEC);
        if (codec == null) {
            // HTTP/2, whose frames have bounds of their own.
            isInside = true;
            relax();
        } else {
            context.pipeline().addAfter(codec, null, new Rewriter(this));
        }
        if (all.isReadable()) {
            context.fireChannelRead(all);
        } else {
            all.release();
        }
    }

    /** The name of a handler of the framework, whose class is not to be seen. */
    private static @Nullable String named(ChannelPipeline pipeline, String type) {
        return pipeline.names().stream()
                .filter(name -> name.startsWith(type))
                .findFirst()
                .orElse(null);
    }

    private void watch(Channel channel) {
        if (deadline == null && channel.isActive()) {
            deadline = channel.eventLoop().schedule((Runnable) channel::close, patienceMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void relax() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Stands behind the codec. */
    private static final class Rewriter extends ChannelInboundHandlerAdapter {
        private final RawTargets front;

        Rewriter(RawTargets front) {
            this.front = front;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                front.relax();
                front.isInside = true;
                if (request.decoderResult().isSuccess()) {
                    rewrite(request);
                }
            }
            if (message instanceof LastHttpContent) {
                front.isInside = false;
            }
            context.fireChannelRead(message);
        }

        private static void rewrite(HttpRequest request) {
            String method = request.method().name();
            request.setUri(new Line(method, request.uri()).path());
            if (!KNOWN.contains(request.method())) {
                request.setMethod(HttpMethod.OPTIONS);
            }
            // The original speaks HTTP/1 where HTTP/1 was begun.
            request.headers().remove("upgrade");
            request.headers().remove("http2-settings");
        }
    }
}

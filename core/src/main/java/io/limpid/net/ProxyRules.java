package io.limpid.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy a URL is fetched through, by the variables that curl and Go's programs obey ({@code golang.org/x/net/http/httpproxy}).
 *
 * <p>By the variables {@code localhost} and loopback addresses are never asked of a proxy. A proxy that cannot be used fails the requests that need it and
 * nothing else: the variables may be meant for other programs.
 */
public final class ProxyRules {
    /** No proxy for anything. */
    public static final ProxyRules NONE = new ProxyRules(null, null, List.of(), true);

    private final @Nullable Setting http;
    private final @Nullable Setting https;
    private final List<Exempt> exempt;
    private final boolean sparesThisMachine;

    private ProxyRules(
            @Nullable Setting http, @Nullable Setting https, List<Exempt> exempt, boolean sparesThisMachine) {
        this.http = http;
        this.https = https;
        this.exempt = exempt;
        this.sparesThisMachine = sparesThisMachine;
    }

    /** The value of a variable and its name. */
    private record Setting(String name, String value) {}

    /**
     * Who is asked without a proxy.
     *
     * @param addresses the addresses, null when it is about names
     * @param name the end of a name, with its dot; empty for all names
     * @param itself whether the name without the dot is meant too
     * @param port the only port, empty for all
     */
    private record Exempt(@Nullable AddressRange addresses, String name, boolean itself, String port) {

        boolean meets(Origin target, @Nullable InetAddress address) {
            if (!port.isEmpty() && !port.equals(Integer.toString(target.port()))) {
                return false;
            }
            if (addresses != null) {
                return address != null && addresses.contains(address);
            }
            return target.host().endsWith(name) || (itself && target.host().equals(name.substring(1)));
        }
    }

    /**
     * The rules of the environment: {@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code ALL_PROXY} for what these two leave open, and
     * {@code NO_PROXY}; each also in lower case, the upper case coming first.
     */
    public static ProxyRules fromEnvironment(Map<String, String> environment) {
        Setting all = setting(environment, "ALL_PROXY");
        Setting http = setting(environment, "HTTP_PROXY");
        Setting https = setting(environment, "HTTPS_PROXY");
        Setting none = setting(environment, "NO_PROXY");
        return new ProxyRules(
                http == null ? all : http,
                https == null ? all : https,
                none == null ? List.of() : parse(none.value()),
                true);
    }

    /** One proxy for all URLs, those of this machine too: whoever names it for something means it; {@code setting} names it in messages. */
    public static ProxyRules of(String proxy, String setting) {
        Setting all = new Setting(setting, proxy);
        return new ProxyRules(all, all, List.of(), false);
    }

    private static @Nullable Setting setting(Map<String, String> environment, String name) {
        for (String one : new String[] {name, name.toLowerCase(Locale.ROOT)}) {
            String value = environment.get(one);
            if (value != null && !value.isBlank()) {
                return new Setting(one, value.strip());
            }
        }
        return null;
    }

    /** Who is exempt by {@code NO_PROXY}; an entry that makes no sense is left out, as everywhere. */
    private static List<Exempt> parse(String noProxy) {
        List<Exempt> exempt = new ArrayList<>();
        for (String entry : noProxy.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            if (entry.equals("*")) {
                return List.of(new Exempt(null, "", false, ""));
            }
            Exempt one = entry.isEmpty() ? null : exempt(entry);
            if (one != null) {
                exempt.add(one);
            }
        }
        return List.copyOf(exempt);
    }

    private static @Nullable Exempt exempt(String entry) {
        AddressRange range = AddressRange.parse(entry);
        if (range != null) {
            return new Exempt(range, "", false, "");
        }
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon > entry.lastIndexOf(']') && (entry.startsWith("[") || entry.indexOf(':') == colon);
        String host = hasPort ? entry.substring(0, colon) : entry;
        String port = hasPort ? entry.substring(colon + 1) : "";
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        InetAddress address = AddressRange.address(host);
        if (address != null) {
            return new Exempt(AddressRange.of(host), "", false, port);
        }
        if (host.startsWith("*.")) {
            host = host.substring(1);
        }
        if (host.isEmpty() || host.equals(".")) {
            return null;
        }
        return host.startsWith(".") ? new Exempt(null, host, false, port) : new Exempt(null, "." + host, true, port);
    }

    /**
     * The proxy for a target, null when it is to be asked directly.
     *
     * @throws NetFailure when the setting names no proxy that can be used
     */
    @Nullable
    Proxy proxyFor(Origin target) throws NetFailure {
        Setting setting = target.isSecure() ? https : http;
        if (setting == null || isExcepted(target)) {
            return null;
        }
        return Proxy.parse(setting.value(), setting.name());
    }

    private boolean isExcepted(Origin target) {
        InetAddress address = AddressRange.address(target.host());
        boolean isThisMachine = target.host().equals("localhost") || (address != null && address.isLoopbackAddress());
        if (isThisMachine && sparesThisMachine) {
            return true;
        }
        for (Exempt one : exempt) {
            if (one.meets(target, address)) {
                return true;
            }
        }
        return false;
    }
}

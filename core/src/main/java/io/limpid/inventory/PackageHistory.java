package io.limpid.inventory;

import io.limpid.model.Distro;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Package;
import io.limpid.model.PackageUrls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Watches which packages are there after each layer, and so which layer brought or removed each. */
final class PackageHistory {
    /** What makes a package the same from layer to layer. */
    private record Identity(
            String type,
            String name,
            String version,
            @Nullable String arch) {
        static Identity of(Package value) {
            return new Identity(value.type(), value.name(), value.version(), value.arch());
        }
    }

    private record Since(Package value, int layer) {}

    private record Removed(Package value, int layer, int removedIn) {}

    private Map<Identity, Since> present = new LinkedHashMap<>();
    private final Map<Identity, Removed> removed = new LinkedHashMap<>();

    /** Takes note of the packages that are there after a layer. */
    void after(int layer, List<Package> packages) {
        Map<Identity, Since> now = new LinkedHashMap<>();
        for (Package value : packages) {
            Identity identity = Identity.of(value);
            Since before = present.get(identity);
            now.putIfAbsent(identity, new Since(value, before == null ? layer : before.layer));
        }
        present.forEach((identity, since) -> {
            if (!now.containsKey(identity)) {
                removed.put(identity, new Removed(since.value, since.layer, layer));
            }
        });
        present = now;
    }

    /** What is there at the end, and what was removed and did not come back; sorted. */
    List<InventoryPackage> inventory(@Nullable Distro distro, Origins origins) {
        List<InventoryPackage> all = new ArrayList<>();
        present.values().forEach(since -> all.add(listed(since.value, distro, since.layer, null, origins)));
        removed.forEach((identity, gone) -> {
            if (!present.containsKey(identity)) {
                all.add(listed(gone.value, distro, gone.layer, gone.removedIn, origins));
            }
        });
        all.sort(InventoryPackage.ORDER);
        return all;
    }

    private static InventoryPackage listed(
            Package value, @Nullable Distro distro, int layer, @Nullable Integer removedIn, Origins origins) {
        return new InventoryPackage(
                value, PackageUrls.of(value, distro), layer, null, removedIn, origins.repositoryOf(value));
    }
}

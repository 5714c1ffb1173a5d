package io.limpid.feedformat.secdb;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one string of a secdb's list of vulnerabilities names: {@code CVE-2020-11740 CVE-2020-11741 XSA-313}, {@code CVE-2017-2616 (+ regression fix)}.
 *
 * @param ids the vulnerabilities: every CVE; without one the first other name
 * @param aliases the other names, sorted
 * @param remark what is said in parentheses, null when nothing is
 */
public record SecdbNames(
        List<String> ids, List<String> aliases, @Nullable String remark) {
    /** Nothing at all. */
    static final SecdbNames NONE = new SecdbNames(List.of(), List.of(), null);

    private static final Pattern PARENTHESES = Pattern.compile("\\(([^()]*)\\)");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s,;]+");
    /** {@code CVE_2019-2426} is a slip that real databases have. */
    private static final Pattern CVE = Pattern.compile("(?i)(?<![A-Z0-9])CVE[-_](\\d{4})[-_](\\d{4,12})");
    /** {@code XSA-313}, {@code VSV00010}: words with a digit; {@code GHSA-jfmj-vxgc-qrjm} and the like, which may have none. */
    private static final Pattern OTHER = Pattern.compile(
            "[A-Z]{2,8}(?:-[a-z0-9]{4}){3}|(?=\\D*\\d)[A-Za-z][A-Za-z0-9]{0,30}(?:[-_:][A-Za-z0-9]{1,30}){0,6}");

    /** Understands a string. */
    static SecdbNames of(String text) {
        Matcher inside = PARENTHESES.matcher(text);
        String remark =
                inside.find() && !inside.group(1).isBlank() ? inside.group(1).strip() : null;
        TreeSet<String> aliases = new TreeSet<>();
        Set<String> cves = new LinkedHashSet<>();
        String first = null;
        String outside = PARENTHESES.matcher(text).replaceAll(" ");
        for (String word : SEPARATORS.splitAsStream(outside).toList()) {
            List<String> inWord = cves(word);
            cves.addAll(inWord);
            if (inWord.isEmpty() && OTHER.matcher(word).matches()) {
                String name = word.startsWith("cve") ? word.toUpperCase(Locale.ROOT) : word;
                first = first == null ? name : first;
                aliases.add(name);
            }
        }
        if (cves.isEmpty() && first != null) {
            aliases.remove(first);
            cves.add(first);
        }
        return new SecdbNames(List.copyOf(cves), List.copyOf(aliases), remark);
    }

    /** Every CVE that a word names: {@code CVE-2021-35940.patch}, {@code CVE-2020-11740/CVE-2020-11741}. */
    private static List<String> cves(String word) {
        return CVE.matcher(word)
                .results()
                .map(cve -> "CVE-" + cve.group(1) + "-" + cve.group(2))
                .toList();
    }
}

"""Figures as a table for people and as JSON, and whether they are good enough."""

import json
import os

from .cases import MEMORY_MB
from .process import summary

HEADER = [
    "| | CPU s min | median | wall s min | median | peak MB min | median | target |",
    "|---|---:|---:|---:|---:|---:|---:|---|",
]


def without_folders(command):
    """The words of a command, of a path its last part: where this machine has its files means nothing elsewhere."""
    return [os.path.basename(word) if os.path.isabs(word) else word for word in command]


def group_result(group, runs, found, left_out):
    """The figures of a group; `runs` are those of each case and `found` what its report says, by its key."""
    rows = []
    for case in group.cases:
        if case.key in left_out:
            rows.append({"key": case.key, "title": case.title, "kind": case.kind, "leftOut": left_out[case.key]})
            continue
        row = {"key": case.key, "title": case.title, "kind": case.kind, "command": without_folders(case.command), **summary(runs[case.key]), **found.get(case.key, {})}
        row["exit"] = sorted({one["exit"] for one in runs[case.key]})
        rows.append(row)
    known = {row["key"]: row for row in rows if "leftOut" not in row}
    for case in group.cases:
        if case.key in known and case.kind == "limpid":
            judge(known[case.key], case.target, known)
    for difference in group.differences:
        if difference.more in known and difference.less in known:
            rows.append(difference_row(difference, known))
    return {"key": group.key, "title": group.title, "rows": rows}


def difference_row(difference, known):
    more = known[difference.more]
    less = known[difference.less]
    row = {"key": difference.key, "title": difference.title, "kind": "difference", "exit": [0]}
    for key in ("cpuSeconds", "wallSeconds"):
        row[key] = {name: round(more[key][name] - less[key][name], 3) for name in ("min", "median")}
    judge(row, difference.target, known)
    return row


def judge(row, target, known):
    """Adds what the row must reach: CPU by its minimum, memory by its maximum."""
    row["targets"] = []
    if target and (target.of is None or target.of in known):
        limit = target.seconds * (known[target.of]["cpuSeconds"]["min"] if target.of else 1)
        text = f"{target.seconds:g} x {known[target.of]['title']}" if target.of else f"{target.seconds:g} s"
        row["targets"].append(verdict("cpuSeconds", text, limit, row["cpuSeconds"]["min"], "s", 3))
    if "peakMb" in row:
        row["targets"].append(verdict("peakMb", f"{MEMORY_MB} MB", MEMORY_MB, row["peakMb"]["max"], "MB", 0))


def verdict(figure, text, limit, reached, unit, digits):
    over = reached - limit
    return {
        "figure": figure,
        "target": text,
        "limit": round(limit, 3),
        "reached": reached,
        "met": over <= 0,
        "verdict": "met" if over <= 0 else f"**missed by {over:.{digits}f} {unit}** ({reached / limit:.2f} x)",
    }


def table(group):
    """A group as a Markdown table."""
    lines = [f"### {group['title']}", "", *HEADER]
    for row in group["rows"]:
        if "leftOut" in row:
            lines.append(f"| {row['title']} | | | | | | | left out: {row['leftOut']} |")
            continue
        cells = [row["title"]]
        for key, digits in (("cpuSeconds", 3), ("wallSeconds", 3), ("peakMb", 0)):
            for name in ("min", "median"):
                cells.append(f"{row[key][name]:.{digits}f}" if key in row else "")
        words = [f"<= {one['target']}: {one['verdict']}" for one in row.get("targets", [])]
        if "packages" in row:
            cells[0] += f" ({row['packages']} packages, {row['findings']} findings)"
        if row["exit"] != [0]:
            words.append(f"exit codes {row['exit']}")
        lines.append(f"| {' | '.join(cells)} | {'; '.join(words)} |")
    return "\n".join(lines) + "\n"


def heading(machine, runs):
    """On what was measured, and how."""
    before, after = machine["loadBefore"], machine["loadAfter"]
    return (
        f"# {machine['date'][:10]}, commit {machine['commit']}\n\n"
        f"{machine['machine']}: {machine['cores']} cores, {machine['cpu']}, {machine['memoryMb']} MB, Linux {machine['kernel']}, "
        f"JDK {machine['jdk']}, load {before} before and {after} after. {runs} counted runs of each in turns, after one that is not "
        f"counted; CPU is user and system; files are in the page cache.\n"
    )


def conclusion(groups):
    """How many targets are met, the largest peak of all, and what is missing."""
    judged = [(group, row, one) for group in groups for row in group["rows"] for one in row.get("targets", [])]
    seconds = [one for one in judged if one[2]["figure"] == "cpuSeconds"]
    lines = [f"{sum(one['met'] for _, _, one in seconds)} of {len(seconds)} targets of CPU seconds are met."]
    for group in groups:
        for row in group["rows"]:
            if row["kind"] == "limpid" and "leftOut" in row:
                lines.append(f"- {group['title']}, {row['title']}: **failed**: {row['leftOut']}")
    for group, row, one in seconds:
        if not one["met"]:
            lines.append(f"- {group['title']}, {row['title']}: {one['verdict']}")
    peaks = [(row["peakMb"]["max"], group, row) for group, row, one in judged if one["figure"] == "peakMb"]
    if peaks:
        most, group, row = max(peaks, key=lambda peak: peak[0])
        words = "met" if most <= MEMORY_MB else f"**missed by {most - MEMORY_MB:.0f} MB**"
        lines += ["", f"Largest peak of Limpid: {most:.0f} MB ({group['title']}, {row['title']}); <= {MEMORY_MB} MB: {words}."]
    return "\n".join(lines) + "\n"


def write(folder, machine, runs, groups):
    """Writes both files; their path without the ending."""
    os.makedirs(folder, exist_ok=True)
    stamp = machine["date"][:16].replace("-", "").replace(":", "").replace("T", "-")
    path = os.path.join(folder, f"run-{stamp}-{machine['commit']}")
    with open(path + ".json", "w", encoding="utf-8") as file:
        json.dump({"machine": machine, "runs": runs, "groups": groups}, file, indent=1)
        file.write("\n")
    with open(path + ".md", "w", encoding="utf-8") as file:
        file.write("\n".join([heading(machine, runs), *(table(group) for group in groups), conclusion(groups)]))
    return path

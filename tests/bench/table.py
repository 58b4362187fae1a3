"""From measurements to lines of the table."""

NOISE = 1.10  # chosen: a spread above a tenth is shown, and a copy bandwidth that varies more makes the whole table doubtful


def significant(x):
    """Three figures: 0.123, 1.23, 12.3, 123, 12300."""
    if x == 0:
        return "0"
    text = f"{x:.3g}"
    return text if "e" not in text else f"{x:.0f}"


def with_spread(middle, low, high):
    """The median, and the extremes where they lie far apart."""
    shown = significant(middle)
    return shown if high <= low * NOISE else f"{shown} ({significant(low)} to {significant(high)})"


def rate(x):
    """12 M, 1.2 G, per second."""
    if not x:
        return "-"
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if x >= size:
            return f"{significant(x / size)} {letter}"
    return significant(x)


def bar_text(row, result, judged):
    sign, unit = "&ge;" if row.at_least else "&le;", f" {row.unit}" if row.judged == "value" else ""
    text = f"{sign} {row.bar:g}{unit}, stretch {row.stretch:g}"
    if not judged:
        return text
    held = result.ratio[0] if row.judged == "ratio" else result.values[0][0]
    return f"{text}: {'held' if (held >= row.bar if row.at_least else held <= row.bar) else '**missed**'}"


def rates(numbers):
    """By side; nothing where no side counted."""
    return "; ".join(rate(x) for x in numbers) if any(numbers) else ""


HEAD = ("| what | measured | ratio | bar | people who decided, per s | contacts told or read, per s |\n"
        "| --- | --- | --- | --- | --- | --- |")


def line(row, result, judged):
    """One line of the table from a measure.Result; `judged`: the bar is for these sizes."""
    measured = "; ".join(f"{side.label} {with_spread(*value)}" for side, value in zip(row.sides, result.values))
    return (f"| {row.title} | {row.unit}: {measured} | {with_spread(*result.ratio)} {row.ratio_title} | {bar_text(row, result, judged)} | "
            f"{rates(result.decided)} | {rates(result.contacts)} |")

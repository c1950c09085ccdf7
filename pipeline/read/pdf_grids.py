"""From ruled lines to grids: which lines make one table, and which fields of it are one merged cell.

Sides may be open, as in `三线表` and where a browser breaks a row at the end of a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policy_commitments.pipeline.read.pdf_rules import Rule
from policy_commitments.schemas.source import BBox

_SNAP = 4.0  # points; lines nearer than this are one (double borders), rows and columns are wider
_TOUCH = 3.0  # points between the ends of lines that meet
_MOST_PAIRS = 400_000  # flat lines times standing ones; a chart has more
_MOST_COLUMNS, _MOST_FIELDS = 60, 20_000  # a page of squared paper or a map has more
_BEYOND = 10.0  # points by which flat lines pass the last standing one where a side is open
_ONE_ROW = 36.0  # points; a row of one line is no higher
_NEIGHBOURS = 6
_MIDDLE = 0.25  # a border is one where it covers the field's side between a quarter and three quarters


@dataclass(slots=True)
class Region:
    """One printed cell in grid positions; `open_top` and `open_bottom` say that no line closes it at the grid's edge."""

    row: int
    col: int
    row_span: int
    col_span: int
    bbox: BBox
    open_top: bool = False
    open_bottom: bool = False


@dataclass(slots=True)
class Ruling:
    """A grid on one page: `xs` and `ys` are the borders of its columns and rows, `regions` its cells by row and column."""

    xs: list[float]
    ys: list[float]
    regions: list[Region] = field(default_factory=list)

    @property
    def bbox(self) -> BBox:
        """The outer border."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def rulings(rules: Sequence[Rule]) -> list[Ruling]:
    """All grids of one page from top to bottom; a lone frame is a grid of one column."""
    flat = _merged([rule for rule in rules if rule.flat])
    standing = _merged([rule for rule in rules if not rule.flat])
    if not flat or not standing or len(flat) * len(standing) > _MOST_PAIRS:
        return []
    found = [one for group in _groups(flat, standing) if (one := _ruling(*group)) is not None]
    return sorted(found, key=lambda one: (one.ys[0], one.xs[0]))


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Lines at one height, or at one distance from the left, that touch are one line."""
    merged: list[Rule] = []
    for at, group in _levels(rules):
        start = end = None
        for rule in sorted(group, key=lambda one: one.start):
            if end is None or start is None or rule.start > end + _TOUCH:
                if start is not None and end is not None:
                    merged.append(Rule(rule.flat, at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        if start is not None and end is not None:
            merged.append(Rule(group[0].flat, at, start, end))
    return merged


def _levels(rules: Sequence[Rule]) -> Iterator[tuple[float, list[Rule]]]:
    """Rules that lie nearer to each other's level than `_SNAP`."""
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if group and rule.at - group[0].at > _SNAP:
            yield sum(one.at for one in group) / len(group), group
            group = []
        group.append(rule)
    if group:
        yield sum(one.at for one in group) / len(group), group


def _groups(flat: list[Rule], standing: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that hang together: (flat, standing) of each table."""
    parent = list(range(len(flat) + len(standing)))
    for i, one in enumerate(flat):
        for j, two in enumerate(standing):
            if one.start - _TOUCH <= two.at <= one.end + _TOUCH and two.start - _TOUCH <= one.at <= two.end + _TOUCH:
                parent[find(parent, len(flat) + j)] = find(parent, i)
    _close_open_sides(flat, standing, parent)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for k in range(len(parent)):
        sides = groups[find(parent, k)]
        if k < len(flat):
            sides[0].append(flat[k])
        else:
            sides[1].append(standing[k - len(flat)])
    return [group for group in groups.values() if group[0] and group[1]]


def _close_open_sides(flat: list[Rule], standing: list[Rule], parent: list[int]) -> None:
    """Rows of one cell in a table without outer borders: no standing line joins the flat ones over and under them."""
    members: dict[int, list[Rule]] = defaultdict(list)
    for j, one in enumerate(standing):
        members[find(parent, len(flat) + j)].append(one)
    ordered = sorted(range(len(flat)), key=lambda i: flat[i].at)
    for i, below in enumerate(ordered):
        for above in reversed(ordered[max(i - _NEIGHBOURS, 0) : i]):
            one, two = flat[above], flat[below]
            same = abs(one.start - two.start) <= _SNAP and abs(one.end - two.end) <= _SNAP
            if not same or two.at - one.at > _ONE_ROW:
                continue
            roots = {find(parent, above), find(parent, below)}
            known = [_is_open(one, members[root]) for root in roots if root in members]
            if known and all(known):
                joined = [line for root in roots for line in members.pop(root, [])]
                parent[find(parent, below)] = find(parent, above)
                members[find(parent, above)] = joined
            break


def _is_open(flat: Rule, standing: list[Rule]) -> bool:
    """Whether the flat line passes the standing ones on both sides."""
    ats = [one.at for one in standing]
    return flat.start < min(ats) - _BEYOND and flat.end > max(ats) + _BEYOND


def find(parent: list[int], k: int) -> int:
    """The root of `k` in a forest of sets; shortens the way for the next call."""
    while parent[k] != k:
        parent[k] = parent[parent[k]]
        k = parent[k]
    return k


def _ruling(flat: list[Rule], standing: list[Rule]) -> Ruling | None:
    xs = _borders([one.at for one in standing], [(one.start, one.end) for one in flat])
    ys = _borders([one.at for one in flat], [(one.start, one.end) for one in standing])
    if len(xs) < 2 or len(ys) < 2 or len(xs) > _MOST_COLUMNS or len(xs) * len(ys) > _MOST_FIELDS:
        return None
    grid = Ruling(xs, ys)
    lying = _walls(flat, ys, xs)
    upright = _walls(standing, xs, ys)
    grid.regions = list(_regions(grid, lying, upright))
    return grid


def _borders(levels: list[float], ends: list[tuple[float, float]]) -> list[float]:
    """Places of lines across, and the ends of the lines along where these pass the outermost by far: an open side."""
    borders = sorted(set(levels))
    low, high = min(start for start, _ in ends), max(end for _, end in ends)
    if low < borders[0] - _BEYOND:
        borders.insert(0, low)
    if high > borders[-1] + _BEYOND:
        borders.append(high)
    return borders


def _walls(lines: Sequence[Rule], levels: list[float], across: list[float]) -> list[list[bool]]:
    """`walls[i][j]`: whether a line at levels[i] covers the stretch from across[j] to across[j + 1]."""
    place = {level: i for i, level in enumerate(levels)}
    walls = [[False] * (len(across) - 1) for _ in levels]
    for line in lines:
        row = walls[place[line.at]]
        for j in range(len(row)):
            inset = (across[j + 1] - across[j]) * _MIDDLE
            if line.start <= across[j] + inset and line.end >= across[j + 1] - inset:
                row[j] = True
    return walls


def _regions(grid: Ruling, lying: list[list[bool]], upright: list[list[bool]]) -> Iterator[Region]:
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    if rows == columns == 1:
        yield Region(0, 0, 1, 1, grid.bbox, not lying[0][0], not lying[1][0])
        return
    parent = list(range(rows * columns))
    for r in range(rows):
        for c in range(columns):
            if c + 1 < columns and not upright[c + 1][r]:
                parent[find(parent, r * columns + c + 1)] = find(parent, r * columns + c)
            if r + 1 < rows and not lying[r + 1][c]:
                parent[find(parent, (r + 1) * columns + c)] = find(parent, r * columns + c)
    members: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for k in range(rows * columns):
        members[find(parent, k)].append(divmod(k, columns))
    for fields in sorted(members.values()):
        for top, left, bottom, right in _rectangles(fields):
            box = (grid.xs[left], grid.ys[top], grid.xs[right], grid.ys[bottom])
            yield Region(
                top, left, bottom - top, right - left, box,
                top == 0 and not any(lying[0][left:right]),
                bottom == rows and not any(lying[rows][left:right]),
            )  # fmt: skip


def _rectangles(fields: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """(top, left, bottom, right) of the fields where they are a rectangle, else of each run of them in a row."""
    top, left = min(r for r, _ in fields), min(c for _, c in fields)
    bottom, right = max(r for r, _ in fields) + 1, max(c for _, c in fields) + 1
    if (bottom - top) * (right - left) == len(fields):
        yield top, left, bottom, right
        return
    run: list[tuple[int, int]] = []
    for r, c in sorted(fields):
        if run and (run[-1][0] != r or run[-1][1] + 1 != c):
            yield run[0][0], run[0][1], run[0][0] + 1, run[-1][1] + 1
            run = []
        run.append((r, c))
    yield run[0][0], run[0][1], run[0][0] + 1, run[-1][1] + 1

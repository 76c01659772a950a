"""A chart before it is drawn: bars that are parts of a whole, told apart by their pattern and not by colour alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar: what it is called and how long each part of it is, in the order of the chart's parts."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars below each other on one scale. `told` says in a sentence what whoever cannot see the picture reads.

    A part keeps its place in `parts`, and so its pattern, in every chart it stands in; one that no bar has is not in
    the legend.
    """

    title: str
    parts: tuple[str, ...]
    bars: tuple[ChartBar, ...]
    told: str

    @property
    def longest(self) -> int:
        """The length of the longest bar; at least 1."""
        return max((sum(bar.values) for bar in self.bars), default=0) or 1

    @property
    def present(self) -> tuple[int, ...]:
        """The places of the parts that some bar has."""
        return tuple(place for place in range(len(self.parts)) if any(bar.values[place] for bar in self.bars))

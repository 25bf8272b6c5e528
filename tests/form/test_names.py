"""The names of a workbook's formulas: one for each range and list, and no two the same."""

from __future__ import annotations

from lkjip_xl.form.names import Names


def test_each_range_and_list_has_its_own() -> None:
    names = Names()
    columns = [
        names.column("tren", "target", year, sheet="3.2 Tren", cells=cells, from_top=top)
        for year, top, cells in ((None, False, "$E$8:$E$27"), (2022, False, "$I$8:$I$27"), (2022, True, "$I$1:$I$27"))
    ]  # fmt: skip
    assert columns == ["tren.target", "tren.target_2022", "tren.target_2022.dari_atas"]
    assert names.ranges == {
        "tren.target": "'3.2 Tren'!$E$8:$E$27",
        "tren.target_2022": "'3.2 Tren'!$I$8:$I$27",
        "tren.target_2022.dari_atas": "'3.2 Tren'!$I$1:$I$27",
    }
    lists: list[tuple[str | float, ...]] = [("naik", "turun"), ("AA", "A"), ("turun", "naik"), (1, 2)]
    assert [names.lists[name] for name in [names.listed(each) for each in lists]] == lists
